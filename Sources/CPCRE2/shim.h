#ifndef RAIREKI_CPCRE2_SHIM_H
#define RAIREKI_CPCRE2_SHIM_H

/* The width decides which functions the header declares. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#endif
