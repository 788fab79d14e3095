#ifndef RAIREKI_COPENSSL_SHIM_H
#define RAIREKI_COPENSSL_SHIM_H

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/cms.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

/* Macros are not visible from Swift: each wrapper below exists only for that. */

static inline STACK_OF(X509) *raireki_sk_X509_new(void) { return sk_X509_new_null(); }
static inline int raireki_sk_X509_push(STACK_OF(X509) *stack, X509 *certificate) { return sk_X509_push(stack, certificate); }
static inline int raireki_sk_X509_num(const STACK_OF(X509) *stack) { return sk_X509_num(stack); }
static inline X509 *raireki_sk_X509_value(const STACK_OF(X509) *stack, int index) { return sk_X509_value(stack, index); }
/* Frees the stack alone: the certificates belong to their handles. */
static inline void raireki_sk_X509_free(STACK_OF(X509) *stack) { sk_X509_free(stack); }
static inline void raireki_sk_X509_pop_free(STACK_OF(X509) *stack) { sk_X509_pop_free(stack, X509_free); }
static inline int raireki_sk_GENERAL_NAME_num(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }
static inline GENERAL_NAME *raireki_sk_GENERAL_NAME_value(const GENERAL_NAMES *names, int index) { return sk_GENERAL_NAME_value(names, index); }
static inline long raireki_BIO_get_mem_data(BIO *bio, char **data) { return BIO_get_mem_data(bio, data); }
static inline void raireki_OPENSSL_free(void *pointer) { OPENSSL_free(pointer); }
static inline int raireki_EVP_PKEY_PUBLIC_KEY(void) { return EVP_PKEY_PUBLIC_KEY; }
static inline int raireki_EVP_PKEY_size(const EVP_PKEY *key) { return EVP_PKEY_get_size(key); }
static inline int raireki_EVP_PKEY_bits(const EVP_PKEY *key) { return EVP_PKEY_get_bits(key); }
static inline int raireki_EVP_PKEY_base_id(const EVP_PKEY *key) { return EVP_PKEY_get_base_id(key); }

#endif
