#ifndef RAIREKI_CISAL_SHIM_H
#define RAIREKI_CISAL_SHIM_H

#include <isa-l/igzip_lib.h>

/* The enumeration and the bit fields of the state are awkward from Swift: each wrapper below exists only for that. */

/* Whether the deflate stream and its trailer have been read. */
static inline int raireki_isal_is_finished(const struct inflate_state *state) {
    return state->block_state == ISAL_BLOCK_FINISH;
}

/* Whole bytes that were taken from the input and belong to what follows the stream. */
static inline int raireki_isal_buffered_bytes(const struct inflate_state *state) {
    return state->read_in_length / 8;
}

/* One of those bytes. */
static inline uint8_t raireki_isal_buffered_byte(const struct inflate_state *state, int index) {
    return (uint8_t)(state->read_in >> (8 * index));
}

#endif
