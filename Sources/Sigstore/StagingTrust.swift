extension BuiltInTrust {
    /// What Sigstore's staging instance publishes.
    static let stagingFacts = TrustFacts(
        transparencyLogs: [
            TrustFacts.Log(
                baseURL: "https://rekor.sigstage.dev",
                details: "PKIX_ECDSA_P256_SHA_256",
                key: """
                    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEDODRU688UYGuy54mNUlaEBiQdTE9nYLr0lg6RXowI/QV/RE1azBn4Eg5/2uTOM\
                    bhB1/gfcHzijzFi9Tk+g1Prg==
                    """,
                logID: "0y8wo8MtY5wrdiIFohx7sHeI5oKDpK5vQhGHI6G+pJY=",
                start: "2021-01-12T11:53:27Z",
                end: nil
            ),
            TrustFacts.Log(
                baseURL: "https://log2025-alpha1.rekor.sigstage.dev",
                details: "PKIX_ED25519",
                key: """
                    MCowBQYDK2VwAyEAPn+AREHoBaZ7wgS1zBqpxmLSGnyhxXj4lFxSdWVB8o8=
                    """,
                logID: "8w1amZ2S5mJIQkQmPxdMuOrL/oJkvFg9MnQXmeOCXck=",
                start: "2025-04-16T00:00:00Z",
                end: "2025-09-04T00:00:00Z"
            ),
            TrustFacts.Log(
                baseURL: "https://log2025-alpha2.rekor.sigstage.dev",
                details: "PKIX_ED25519",
                key: """
                    MCowBQYDK2VwAyEAkrA8Ou2FtN7kYXCP/lpvF8vQrvh4nj+91+PWOGGzfGc=
                    """,
                logID: "KfSiSX2iRLyhK62SUVL47vVcqqRx/RAewpKJm8IdZTo=",
                start: "2025-08-08T00:00:00Z",
                end: "2025-09-28T00:00:00Z"
            ),
            TrustFacts.Log(
                baseURL: "https://log2025-alpha3.rekor.sigstage.dev",
                details: "PKIX_ED25519",
                key: """
                    MCowBQYDK2VwAyEAlD3dVc8yaP25mPtT/sJ59D3LLxGBgW/qYrM6x6KmOqk=
                    """,
                logID: "09OnDKEw7/hpZiYVPoTRzRbglHk0sylsUovegnRUlJY=",
                start: "2025-09-22T00:00:00Z",
                end: nil
            ),
            TrustFacts.Log(
                baseURL: "https://log2026-1.us-east4.rekor.sigstage.dev",
                details: "PKIX_ED25519",
                key: """
                    MCowBQYDK2VwAyEAuAPzR9GRUMkt6Lcg7dcpy7C4Ys++gxQ2FFTPVBUhGfM=
                    """,
                logID: "OnJxR1KbhM5Z+X3E97YQ4EV8/8t4W3TvgehmZLwxAkY=",
                start: "2026-06-12T00:00:00Z",
                end: nil
            ),
        ],
        certificateAuthorities: [
            TrustFacts.Authority(
                uri: "https://fulcio.sigstage.dev",
                chain: [
                    """
                    MIICGTCCAaCgAwIBAgITJta/okfgHvjabGm1BOzuhrwA1TAKBggqhkjOPQQDAzAqMRUwEwYDVQQKEwxzaWdzdG9yZS5kZXYxET\
                    APBgNVBAMTCHNpZ3N0b3JlMB4XDTIyMDQxNDIxMzg0MFoXDTMyMDMyMjE2NTA0NVowNzEVMBMGA1UEChMMc2lnc3RvcmUuZGV2\
                    MR4wHAYDVQQDExVzaWdzdG9yZS1pbnRlcm1lZGlhdGUwdjAQBgcqhkjOPQIBBgUrgQQAIgNiAASosAySWJQ/tK5r8T5aHqavk0\
                    oI+BKQbnLLdmOMRXHQF/4Hx9KtNfpcdjH9hNKQSBxSlLFFN3tvFCco0qFBzWYwZtsYsBe1l91qYn/9VHFTaEVwYQWIJEEvrs0f\
                    vPuAqjajezB5MA4GA1UdDwEB/wQEAwIBBjATBgNVHSUEDDAKBggrBgEFBQcDAzASBgNVHRMBAf8ECDAGAQH/AgEAMB0GA1UdDg\
                    QWBBRxhjCmFHxib/n31vQFGn9f/+tvrDAfBgNVHSMEGDAWgBT/QjK6aH2rOnCv3AzUGuI+h49mZTAKBggqhkjOPQQDAwNnADBk\
                    AjAM1lbKkcqQlE/UspMTbWNo1y2TaJ44tx3l/FJFceTSdDZ+0W1OHHeU4twie/lq8XgCMHQxgEv26xNNiAGyPXbkYgrDPvbOqp\
                    0UeWX4mJnLSrBr3aN/KX1SBrKQu220FmVL0Q==
                    """,
                    """
                    MIIB9jCCAXugAwIBAgITDdEJvluliE0AzYaIE4jTMdnFTzAKBggqhkjOPQQDAzAqMRUwEwYDVQQKEwxzaWdzdG9yZS5kZXYxET\
                    APBgNVBAMTCHNpZ3N0b3JlMB4XDTIyMDMyNTE2NTA0NloXDTMyMDMyMjE2NTA0NVowKjEVMBMGA1UEChMMc2lnc3RvcmUuZGV2\
                    MREwDwYDVQQDEwhzaWdzdG9yZTB2MBAGByqGSM49AgEGBSuBBAAiA2IABMo9BUNk9QIYisYysC24+2OytoV72YiLonYcqR3yeV\
                    nYziPt7Xv++CYE8yoCTiwedUECCWKOcvQKRCJZb9ht4Hzy+VvBx36hK+C6sECCSR0x6pPSiz+cTk1f788ZjBlUZaNjMGEwDgYD\
                    VR0PAQH/BAQDAgEGMA8GA1UdEwEB/wQFMAMBAf8wHQYDVR0OBBYEFP9CMrpofas6cK/cDNQa4j6Hj2ZlMB8GA1UdIwQYMBaAFP\
                    9CMrpofas6cK/cDNQa4j6Hj2ZlMAoGCCqGSM49BAMDA2kAMGYCMQD+kojuzMwztNay9Ibzjuk//ZL5m6T2OCsm45l1lY004pcb\
                    984L926BowodoirFMcMCMQDIJtFHhP/1D3a+M3dAGomOb6O4CmTry3TTPbPsAFnv22YA0Y+P21NVoxKDjdu0tkw=
                    """,
                ],
                start: "2022-04-14T21:38:40Z",
                end: nil
            ),
            TrustFacts.Authority(
                uri: "https://fulcio.sigstage.dev",
                chain: [
                    """
                    MIICGjCCAaGgAwIBAgIUAJxUwId8GBqrRo1fYxV7X3GxXWEwCgYIKoZIzj0EAwMwKjEVMBMGA1UEChMMc2lnc3RvcmUuZGV2MR\
                    EwDwYDVQQDEwhzaWdzdG9yZTAeFw0yNjA2MDgxNjIxMjJaFw0zNjA2MDIyMzAwMTJaMDcxFTATBgNVBAoTDHNpZ3N0b3JlLmRl\
                    djEeMBwGA1UEAxMVc2lnc3RvcmUtaW50ZXJtZWRpYXRlMHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE17eNOb3OjmDd+AOWdLQ8GZ\
                    AQsvrrgFUkG9fz3JNgfPq2NHCExwbvSWvVIUOiRWv5Gwe70sFpTUkwGUF5KkqdINpvyEQULJJcg/7wTYcJ3vq2ap32Cy1LoJ76\
                    yFQkEkvXo3sweTAOBgNVHQ8BAf8EBAMCAQYwEwYDVR0lBAwwCgYIKwYBBQUHAwMwEgYDVR0TAQH/BAgwBgEB/wIBADAdBgNVHQ\
                    4EFgQUSGEgQZugsJS0mdkcD89aLneT/FIwHwYDVR0jBBgwFoAUl0I/kqYsi0cMo1OMh1dK81MUUgwwCgYIKoZIzj0EAwMDZwAw\
                    ZAIwDhfCK6mUzvCQ+WuLhA8X8iJLUPmau9Umeq+XL8QAdv3gk51XZCX2BGAf8CWSygirAjANhWtDdg0OVVgh6B+pSkMmQhpJOJ\
                    XJgkuS0o6AsKj7jjktb5EzMD0L8HlXiMs4Ltc=
                    """,
                    """
                    MIIB9DCCAXugAwIBAgITbIr/zWYbKyBevxdtAtTHwrupazAKBggqhkjOPQQDAzAqMRUwEwYDVQQKEwxzaWdzdG9yZS5kZXYxET\
                    APBgNVBAMTCHNpZ3N0b3JlMB4XDTI2MDYwNTIzMDAxM1oXDTM2MDYwMjIzMDAxMlowKjEVMBMGA1UEChMMc2lnc3RvcmUuZGV2\
                    MREwDwYDVQQDEwhzaWdzdG9yZTB2MBAGByqGSM49AgEGBSuBBAAiA2IABC4MTU8uc1T9v3PMC/H/mKBRZhj/oId9psZB9MJMzp\
                    Wq8/teYBjLujkZfyyrZAqbYAzC6EkGfXCEV3/BPzUJA//Y0QVSxAWR5kcyqMsJ4cgPQLwV99CLa+oMwtXhvfeXJ6NjMGEwDgYD\
                    VR0PAQH/BAQDAgEGMA8GA1UdEwEB/wQFMAMBAf8wHQYDVR0OBBYEFJdCP5KmLItHDKNTjIdXSvNTFFIMMB8GA1UdIwQYMBaAFJ\
                    dCP5KmLItHDKNTjIdXSvNTFFIMMAoGCCqGSM49BAMDA2cAMGQCMEpK1ZJGE/v7C1dle2l6dUaS7fMGCRPyrvGoxGV1jgYCmt7W\
                    VQf/9G0xHDaKERokkwIwRo1cPfW9uEt9z4ZFSoEnjOCTp8SOw5APRvJSMx0GMeWfk57q0Dp7ovU0g8Gsp0iF
                    """,
                ],
                start: "2026-06-12T00:00:00Z",
                end: nil
            ),
        ],
        certificateLogs: [
            TrustFacts.Log(
                baseURL: "https://ctfe.sigstage.dev/test",
                details: "PKCS1_RSA_PKCS1V5",
                key: """
                    MIICCgKCAgEA27A2MPQXm0I0v7/Ly5BIauDjRZF5Jor9vU+QheoE2UIIsZHcyYq3slHzSSHy2lLj1ZD2d91CtJ492ZXqnBmsr4\
                    TwZ9jQ05tW2mGIRI8u2DqN8LpuNYZGz/f9SZrjhQQmUttqWmtu3UoLfKz6NbNXUnoo+NhZFcFRLXJ8VporVhuiAmL7zqT53cXR\
                    3yQfFPCUDeGnRksnlhVIAJc3AHZZSHQJ8DEXMhh35TVv2nYhTI3rID7GwjXXw4ocz7RGDD37ky6p39Tl5NB71gT1eSqhZhGHEY\
                    HIPXraEBd5+3w9qIuLWlp5Ej/K6Mu4ELioXKCUimCbwy+Cs8UhHFlqcyg4AysOHJwIadXIa8LsY51jnVSGrGOEBZevopmQPNPt\
                    yfFY3dmXSS+6Z3RD2Gd6oDnNGJzpSyEk410Ag5uvNDfYzJLCWX9tU8lIxNwdFYmIwpd89HijyRyoGnoJ3entd63cvKfuuix5r+\
                    GHyKp1Xm1L5j5AWM6P+z0xigwkiXnt+adexAl1J9wdDxv/pUFEESRF4DG8DFGVtbdH6aR1A5/vD4krO4tC1QYUSeyL5Mvsw8WR\
                    qIFHcXtgybtxylljvNcGMV1KXQC8UFDmpGZVDSHx6v3e/BHMrZ7gjoCCfVMZ/cFcQi0W2AIHPYEMH/C95J2r4XbHMRdYXpovpO\
                    oT5Ca78gsCAwEAAQ==
                    """,
                logID: "G3wUKk6ZK6ffHh/FdCRUE2wVekyzHEEIpSG4savnv0w=",
                start: "2021-03-14T00:00:00Z",
                end: "2022-07-31T00:00:00Z"
            ),
            TrustFacts.Log(
                baseURL: "https://ctfe.sigstage.dev/2022",
                details: "PKIX_ECDSA_P256_SHA_256",
                key: """
                    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEh99xuRi6slBFd8VUJoK/rLigy4bYeSYWO/fE6Br7r0D8NpMI94+A63LR/WvLxp\
                    UUGBpY8IJA3iU2telag5CRpA==
                    """,
                logID: "++JKOMQt7SJ3ynUHnCfnDhcKP8/58J4TueMqXuk3HmA=",
                start: "2022-07-01T00:00:00Z",
                end: "2022-07-31T00:00:00Z"
            ),
            TrustFacts.Log(
                baseURL: "https://ctfe.sigstage.dev/2022-2",
                details: "PKIX_ECDSA_P256_SHA_256",
                key: """
                    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8gEDKNme8AnXuPBgHjrtXdS6miHqc24CRblNEOFpiJRngeq8Ko73Y+K18yRYVf\
                    1DXD4AVLwvKyzdNdl5n0jUSQ==
                    """,
                logID: "KzC83GiIyeLh2CYpXnQfSDkxlgLynDPLXkNA/rKshno=",
                start: "2022-07-01T00:00:00Z",
                end: nil
            ),
            TrustFacts.Log(
                baseURL: "https://log2026-1.ctfe.sigstage.dev",
                details: "PKIX_ECDSA_P256_SHA_256",
                key: """
                    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEv8+Fp+klTMlOd0FU+eekotPzlaF9orvv9ZgdLXq5+MmoGThLNigXIapXjW0luj\
                    sU6+ZHKZ6UPzSuz+V8YxLoQw==
                    """,
                logID: "PmBxU3RuGJLgkLI2sUl2Jy9ntE1vks5vdxFKtyKgprY=",
                start: "2026-01-14T00:00:00Z",
                end: nil
            ),
            TrustFacts.Log(
                baseURL: "https://log2026-1.us-east4.ctfe.sigstage.dev",
                details: "PKIX_ECDSA_P256_SHA_256",
                key: """
                    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEa5Gw4tcbYtTUdKWLy6ovCgWUb0ggekCaMyVpw5RCxBKKbJpahWdRX4ArH3N/wt\
                    akd2qDmtjsFVV1jMw5cHbmGw==
                    """,
                logID: "Fjj7Zk5I004nmb83WUyHasaCMoUO4fuTnFybtSxevIc=",
                start: "2026-06-12T00:00:00Z",
                end: nil
            ),
        ],
        timestampAuthorities: [
            TrustFacts.Authority(
                uri: "https://timestamp.sigstage.dev/api/v1/timestamp",
                chain: [
                    """
                    MIICDzCCAZagAwIBAgIUCjWhBmHV4kFzxomWp/J98n4DfKcwCgYIKoZIzj0EAwMwOTEVMBMGA1UEChMMc2lnc3RvcmUuZGV2MS\
                    AwHgYDVQQDExdzaWdzdG9yZS10c2Etc2VsZnNpZ25lZDAeFw0yNTAzMjgwOTE0MDZaFw0zNTAzMjYwODE0MDZaMC4xFTATBgNV\
                    BAoTDHNpZ3N0b3JlLmRldjEVMBMGA1UEAxMMc2lnc3RvcmUtdHNhMHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEx1v5F3HpD9egHu\
                    knpBFlRz7QBRDJu4aeVzt9zJLRY0lvmx1lF7WBM2c9AN8ZGPQsmDqHlJN2R/7+RxLkvlLzkc19IOx38t7mGGEcB7agUDdCF/Ky\
                    3RTLSK0Xo/0AgHQdo2owaDAOBgNVHQ8BAf8EBAMCB4AwHQYDVR0OBBYEFKj8ZPYo3i7mO3NPVIxSxOGc3VOlMB8GA1UdIwQYMB\
                    aAFDsgRlletTJNRzDObmPuc3RH8gR9MBYGA1UdJQEB/wQMMAoGCCsGAQUFBwMIMAoGCCqGSM49BAMDA2cAMGQCMESvVS6GGtF3\
                    3+J19TfwENWJXjRv4i0/HQFwLUSkX6TfV7g0nG8VnqNHJLvEpAtOjQIwUD3uywTXorQP1DgbV09rF9Yen+CEqs/iEpieJWPst2\
                    80SSOZ5Na+dyPVk9/8SFk6
                    """,
                    """
                    MIIB9zCCAXygAwIBAgIUCPExEFKiQh0dP4sp5ltmSYSSkFUwCgYIKoZIzj0EAwMwOTEVMBMGA1UEChMMc2lnc3RvcmUuZGV2MS\
                    AwHgYDVQQDExdzaWdzdG9yZS10c2Etc2VsZnNpZ25lZDAeFw0yNTAzMjgwOTE0MDZaFw0zNTAzMjYwODE0MDZaMDkxFTATBgNV\
                    BAoTDHNpZ3N0b3JlLmRldjEgMB4GA1UEAxMXc2lnc3RvcmUtdHNhLXNlbGZzaWduZWQwdjAQBgcqhkjOPQIBBgUrgQQAIgNiAA\
                    Tt0tIDWyo4ARfL9BaSo0W5bJQEbKJTU/u7llvdjSI5aTkOAJa8tixn2+LEfPG4dMFdsMPtsIuU1qn2OqFiuMk6vHv/c+az25RQ\
                    VY1oo50iMb0jIL3N4FgwhPFpZnCbQPOjRTBDMA4GA1UdDwEB/wQEAwIBBjASBgNVHRMBAf8ECDAGAQH/AgEAMB0GA1UdDgQWBB\
                    Q7IEZZXrUyTUcwzm5j7nN0R/IEfTAKBggqhkjOPQQDAwNpADBmAjEA2MI1VXgbf3dUOSc95hSRypBKOab18eh2xzQtxUsHvWeY\
                    +1iFgyMluUuNR6taoSmFAjEA31m2czguZhKYX+4JSKu5pRYhBTXAd8KKQ3xdPRX/qCaLvT2qJAEQ1YQM3EJRrtI7
                    """,
                ],
                start: "2025-04-09T00:00:00Z",
                end: nil
            ),
            TrustFacts.Authority(
                uri: "https://timestamp.sigstage.dev/api/v1/timestamp",
                chain: [
                    """
                    MIIB9jCCAX2gAwIBAgITTP0hkp+x1+/mmEBLWOiqeGypHzAKBggqhkjOPQQDAzAtMQkwBwYDVQQKEwAxIDAeBgNVBAMTF3NpZ3\
                    N0b3JlLXRzYS1zZWxmc2lnbmVkMB4XDTI2MDYwOTIzMjAzOFoXDTI3MDYwOTIzMjAzOFowIjEJMAcGA1UEChMAMRUwEwYDVQQD\
                    EwxzaWdzdG9yZS10c2EwdjAQBgcqhkjOPQIBBgUrgQQAIgNiAATpQMZ7nRZEFEdgNpbnTkzJLZYTEK/mfcaK2Z599gAKxUA491\
                    TclvFOFbdAd2J9Fje9ltnaC3vUteFKRD+Distjv3wRQkML6Egd1QW5yliklOOyfsPOPH3hhzn3MTrsrWijajBoMA4GA1UdDwEB\
                    /wQEAwIHgDAdBgNVHQ4EFgQULgCD26lmo5+zJfBBhU0sASIjtiIwHwYDVR0jBBgwFoAUI6cr8xtGSBYaQD42ecwOGAiM4EIwFg\
                    YDVR0lAQH/BAwwCgYIKwYBBQUHAwgwCgYIKoZIzj0EAwMDZwAwZAIwYubMlZ3LLoXXRjBEv+D7GNbMVk7VBaQm30h9kdSXImuI\
                    5pRSttP35WLCYhTH5izIAjBX8qB8fdjKyGOewkeBap6aObAh//sAuUxbcoeG06U1f4Q4noS7wr1xktAp8rA64A4=
                    """,
                    """
                    MIIB3TCCAWSgAwIBAgIUeuz1txaqKQugtvTpF2igNs/fkw8wCgYIKoZIzj0EAwMwLTEJMAcGA1UEChMAMSAwHgYDVQQDExdzaW\
                    dzdG9yZS10c2Etc2VsZnNpZ25lZDAeFw0yNjA2MDkyMzIwMzhaFw0yNzA2MDkyMzIwMzhaMC0xCTAHBgNVBAoTADEgMB4GA1UE\
                    AxMXc2lnc3RvcmUtdHNhLXNlbGZzaWduZWQwdjAQBgcqhkjOPQIBBgUrgQQAIgNiAASSwC2l89yeW+qpxMXmDu9gvtyutJrIso\
                    UxRDm17leybov+t352Lxu6htNotY2rYFDUwNWQUtargkNQpLK+z3LQHCghERPmdhuUDiYt2B5yEJB9lZ+m2ws+ZWeoFS68QS+j\
                    RTBDMA4GA1UdDwEB/wQEAwIBBjASBgNVHRMBAf8ECDAGAQH/AgEAMB0GA1UdDgQWBBQjpyvzG0ZIFhpAPjZ5zA4YCIzgQjAKBg\
                    gqhkjOPQQDAwNnADBkAjBPd9pAsZ/TBvuhunrL9g9kBTuDqkwh0SGem6S1GYHnIA9xFkCvMG5Z2SeplW866FoCMBXLO3NmXYhf\
                    sZLD2E2sAG/tDwee8OadoW2QpJMD8Q5qAXjEnCjPVUIlQuiq2FNFtg==
                    """,
                ],
                start: "2026-06-12T00:00:00Z",
                end: nil
            ),
        ]
    )
}
