#ifndef RAIREKI_CSODIUM_SHIM_H
#define RAIREKI_CSODIUM_SHIM_H

#include <sodium.h>

#endif
