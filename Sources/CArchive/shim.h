#ifndef RAIREKI_CARCHIVE_SHIM_H
#define RAIREKI_CARCHIVE_SHIM_H

#include <malloc.h>
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
/* Extended attributes belong into archives, and Glibc's module does not have their functions. */
#include <sys/xattr.h>

#endif
