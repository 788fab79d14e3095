#ifndef RAIREKI_CSQLITE_SHIM_H
#define RAIREKI_CSQLITE_SHIM_H

/* The hook that is told of every row before it changes; the header declares it only when asked to. */
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

/* Variadic functions are not visible from Swift: the wrappers exist only for that. */

/* Counts no memory, for which every thread would wait for one lock at every allocation. Before the first connection. */
static inline int raireki_sqlite3_count_no_memory(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* No SQL of a file can write to the schema or to shadow tables behind SQLite's back. */
static inline int raireki_sqlite3_set_defensive(sqlite3 *database) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}

#endif
