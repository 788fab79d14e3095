#ifndef RAIREKI_CPOSTGRESQL_SHIM_H
#define RAIREKI_CPOSTGRESQL_SHIM_H

#include <dlfcn.h>
#include <stddef.h>

/* Debian and Fedora keep the header in different folders; without pkg-config nothing is linked. */
#if __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#else
#include <libpq-fe.h>
#endif

/* libpq's functions as they are found at run time: linked, it would bring Kerberos and LDAP into the start of every
   command, and would have to be installed where nobody exports anything. */
typedef struct {
    __typeof__(&PQconninfoParse) conninfoParse;
    __typeof__(&PQconninfoFree) conninfoFree;
    __typeof__(&PQfreemem) freemem;
    __typeof__(&PQconnectdbParams) connectdbParams;
    __typeof__(&PQstatus) status;
    __typeof__(&PQerrorMessage) errorMessage;
    __typeof__(&PQserverVersion) serverVersion;
    __typeof__(&PQparameterStatus) parameterStatus;
    __typeof__(&PQsetNoticeReceiver) setNoticeReceiver;
    __typeof__(&PQfinish) finish;
    __typeof__(&PQexecParams) execParams;
    __typeof__(&PQexec) exec;
    __typeof__(&PQresultStatus) resultStatus;
    __typeof__(&PQresultErrorField) resultErrorField;
    __typeof__(&PQntuples) ntuples;
    __typeof__(&PQnfields) nfields;
    __typeof__(&PQgetvalue) getvalue;
    __typeof__(&PQgetisnull) getisnull;
    __typeof__(&PQclear) clear;
    __typeof__(&PQputCopyData) putCopyData;
    __typeof__(&PQputCopyEnd) putCopyEnd;
    __typeof__(&PQgetResult) getResult;
} raireki_libpq;

/* Finds the functions; answers NULL, or the dynamic linker's reason why there is none. */
static inline const char *raireki_libpq_load(raireki_libpq *library)
{
    void *handle = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        return dlerror();
#define RAIREKI_FIND(field, name)                                                        \
    if (!(library->field = (__typeof__(library->field))dlsym(handle, #name)))            \
        return "it has no function " #name;
    RAIREKI_FIND(conninfoParse, PQconninfoParse)
    RAIREKI_FIND(conninfoFree, PQconninfoFree)
    RAIREKI_FIND(freemem, PQfreemem)
    RAIREKI_FIND(connectdbParams, PQconnectdbParams)
    RAIREKI_FIND(status, PQstatus)
    RAIREKI_FIND(errorMessage, PQerrorMessage)
    RAIREKI_FIND(serverVersion, PQserverVersion)
    RAIREKI_FIND(parameterStatus, PQparameterStatus)
    RAIREKI_FIND(setNoticeReceiver, PQsetNoticeReceiver)
    RAIREKI_FIND(finish, PQfinish)
    RAIREKI_FIND(execParams, PQexecParams)
    RAIREKI_FIND(exec, PQexec)
    RAIREKI_FIND(resultStatus, PQresultStatus)
    RAIREKI_FIND(resultErrorField, PQresultErrorField)
    RAIREKI_FIND(ntuples, PQntuples)
    RAIREKI_FIND(nfields, PQnfields)
    RAIREKI_FIND(getvalue, PQgetvalue)
    RAIREKI_FIND(getisnull, PQgetisnull)
    RAIREKI_FIND(clear, PQclear)
    RAIREKI_FIND(putCopyData, PQputCopyData)
    RAIREKI_FIND(putCopyEnd, PQputCopyEnd)
    RAIREKI_FIND(getResult, PQgetResult)
#undef RAIREKI_FIND
    return NULL;
}

static inline void raireki_libpq_ignore(void *argument, const PGresult *result)
{
    (void)argument;
    (void)result;
}

/* Arrays of strings that end with NULL are easier made here; notices would be printed by libpq otherwise. */
static inline PGconn *raireki_libpq_connect(const raireki_libpq *library, const char *url)
{
    const char *names[] = {"dbname", "client_encoding", "fallback_application_name", NULL};
    const char *values[] = {url, "UTF8", "raireki export", NULL};
    PGconn *connection = library->connectdbParams(names, values, 1);
    if (connection)
        library->setNoticeReceiver(connection, raireki_libpq_ignore, NULL);
    return connection;
}

/* A macro is not visible from Swift. */
static const int raireki_sqlstate = PG_DIAG_SQLSTATE;

#endif
