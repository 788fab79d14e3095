#ifndef RAIREKI_CZLIB_SHIM_H
#define RAIREKI_CZLIB_SHIM_H

#include <zlib.h>

/* A macro that passes the size of the structure, which Swift does not see. */
static inline int raireki_inflateInit(z_stream *stream) { return inflateInit(stream); }

#endif
