/// What the numbers of a key say before any program computes with them.
extension PublicKeyPacket {
    /// The cost of one operation with a public key.
    package enum Cost: Sendable, Hashable {
        /// A fraction of a second at most.
        case bounded
        /// A number is larger than any program makes it, and every operation takes seconds.
        case excessive
        /// The numbers do not fill the packet as the algorithm says.
        case malformed
    }

    /// The largest modulus of RSA, and the largest prime of DSA and ElGamal, in bits.
    ///
    /// gpg makes RSA keys of up to 4096 bits, and of 8192 with an option.
    static let maximumBits = 8192
    /// The largest exponent of RSA in bits; programs use 65,537, and a few of them 41 bits.
    ///
    /// With an exponent of 16,000 bits one verification takes 50 ms.
    static let maximumExponentBits = 64
    /// The largest subgroup of DSA in bits (FIPS 186-4 §4.2 has 256).
    static let maximumSubgroupBits = 512
    /// The largest point in bits; one of P-521 has 1059.
    static let maximumPointBits = 1088

    /// The cost of one operation, found by reading the numbers alone.
    ///
    /// An algorithm that is not known costs nothing, since gpg does not compute with it.
    ///
    /// - SeeAlso: [RFC 9580 §5.5.5](https://www.rfc-editor.org/rfc/rfc9580#section-5.5.5)
    package var cost: Cost {
        var rest = material
        switch algorithm {
        case .rsa, .rsaEncryptOnly, .rsaSignOnly:
            return cost(of: &rest, [Self.maximumBits, Self.maximumExponentBits])
        case .elgamal, .elgamalSignAndEncrypt:
            return cost(of: &rest, [Self.maximumBits, Self.maximumBits, Self.maximumBits])
        case .dsa:
            let bits = [Self.maximumBits, Self.maximumSubgroupBits, Self.maximumBits]
            return cost(of: &rest, bits + [Self.maximumBits])
        case .ecdsa, .eddsa:
            guard Self.dropCurve(from: &rest) else { return .malformed }
            return cost(of: &rest, [Self.maximumPointBits])
        case .ecdh:
            guard Self.dropCurve(from: &rest), let point = MPI.decode(&rest) else {
                return .malformed
            }
            // RFC 9580 §5.5.5.6.1: a length, 1, a hash and a cipher.
            guard rest.count == 4, rest.first == 3 else { return .malformed }
            return MPI.bits(of: point) <= Self.maximumPointBits ? .bounded : .excessive
        default: return .bounded
        }
    }

    private func cost(of rest: inout ArraySlice<UInt8>, _ limits: [Int]) -> Cost {
        var cost = Cost.bounded
        for limit in limits {
            guard let number = MPI.decode(&rest) else { return .malformed }
            if MPI.bits(of: number) > limit { cost = .excessive }
        }
        return rest.isEmpty ? cost : .malformed
    }

    // RFC 9580 §9.2: the lengths 0 and 255 are reserved.
    private static func dropCurve(from rest: inout ArraySlice<UInt8>) -> Bool {
        guard let length = rest.first, (1...254).contains(length), rest.count > Int(length)
        else { return false }
        rest = rest.dropFirst(1 + Int(length))
        return true
    }
}
