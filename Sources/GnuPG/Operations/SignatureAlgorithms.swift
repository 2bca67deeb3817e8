import CGPGME
import OpenPGP

extension HashAlgorithm {
    init(_ algorithm: gpgme_hash_algo_t) {
        switch algorithm {
        case GPGME_MD_SHA256: self = .sha256
        case GPGME_MD_SHA384: self = .sha384
        case GPGME_MD_SHA512: self = .sha512
        default: self = .weak
        }
    }
}

extension SignatureAlgorithm {
    init(_ algorithm: gpgme_pubkey_algo_t) {
        switch algorithm {
        case GPGME_PK_RSA, GPGME_PK_RSA_S: self = .rsa
        case GPGME_PK_ECDSA: self = .ecdsa
        case GPGME_PK_EDDSA: self = .eddsa
        default: self = .other
        }
    }
}
