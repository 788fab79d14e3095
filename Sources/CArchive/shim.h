#ifndef RAIREKI_CARCHIVE_SHIM_H
#define RAIREKI_CARCHIVE_SHIM_H

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#endif
