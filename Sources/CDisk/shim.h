#ifndef RAIREKI_CDISK_SHIM_H
#define RAIREKI_CDISK_SHIM_H

/* Linux's call that waits for a whole file system; glibc shows it to GNU sources alone, which Swift's module is not. */
extern int syncfs(int descriptor);

static inline int raireki_syncfs(int descriptor) { return syncfs(descriptor); }

#endif
