#ifndef RAIREKI_CZLIB_SHIM_H
#define RAIREKI_CZLIB_SHIM_H

#include <zlib.h>

#endif
