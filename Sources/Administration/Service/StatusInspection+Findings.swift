import Foundation
import ListServer
import MailingList
import PostfixSetup
import Unix

extension StatusInspection {
    /// Octets below which a file system counts as full, and as nearly full.
    static let leastSpace: (critical: Int64, degraded: Int64) = (20 << 20, 200 << 20)
    /// Seconds after which copies that are still owed are late, and stand still.
    static let lateness: (degraded: TimeInterval, critical: TimeInterval) = (900, 14_400)

    /// Connects to the doors as Postfix does, and to the way back as the daemon does.
    func doorFindings(
        _ installation: PostfixInstallation?,
        _ health: HealthReport?
    ) -> [StatusFinding] {
        // Postfix uses the sockets of the set-up; without one, those of the daemon are all
        // there is.
        let sockets: [(DoorProbe.Door, String?)] = [
            (.milter, installation?.milterSocket ?? health.map { Self.path(in: $0.milter) }),
            (.gate, installation?.gateSocket ?? health.map { Self.path(in: $0.gate) }),
            (.wayBack, installation?.wayBackSocket),
        ]
        return sockets.compactMap { door, socket in
            guard let socket else { return nil }
            let probe = PostfixSetup.probe(door, at: socket)
            guard !probe.isWorking else { return nil }
            return StatusFinding(
                "socket",
                .critical,
                "\(door.name) does not answer at \(socket): \(probe.answer)",
                hint: door == .wayBack
                    ? "check that Postfix runs: 'postfix status'"
                    : "restart the daemon: 'systemctl restart listseal'"
            )
        }
    }

    private static func path(in socket: String) -> String {
        socket.hasPrefix("unix:") ? String(socket.dropFirst(5)) : socket
    }

    /// What of Postfix's configuration keeps all list mail away.
    func postfixFindings(
        _ installation: PostfixInstallation?,
        _ lists: [MailingList]
    ) -> [StatusFinding] {
        guard let installation, !lists.isEmpty else { return [] }
        do {
            let setup = try PostfixSetup(
                configDirectory: installation.configurationDirectory,
                state: state.path
            )
            let addresses = ListedAddresses(lists: lists.flatMap(\.addresses))
            return try setup.check(addresses: addresses).filter(\.kind.stopsMail).map {
                StatusFinding("postfix", .critical, $0.message, hint: $0.hint)
            }
        } catch {
            return [
                StatusFinding(
                    "postfix",
                    .degraded,
                    "Postfix's configuration cannot be checked: \(PlainWords.of(error))",
                    hint: "run 'listseal postfix check' as root"
                )
            ]
        }
    }

    /// Files without which nothing is opened or sealed, and the space for more.
    func fileFindings(
        _ lists: [MailingList],
        _ installation: PostfixInstallation?
    ) -> [StatusFinding] {
        var findings = [state.path, installation?.queueDirectory].compactMap(\.self)
            .compactMap(Self.spaceFinding)
        let restore = "restore it from a backup, and restart the daemon"
        for list in lists {
            let home = state.keyHome(of: list.id, key: list.keyNumber)
            guard !Self.hasKeys(home) else { continue }
            findings.append(
                StatusFinding(
                    "list-key-files",
                    .critical,
                    "the secret key of \(list.address) is not in \(home)",
                    hint: restore
                )
            )
        }
        if !lists.isEmpty {
            do {
                _ = try DigestKey.load(at: state.digestKey)
            } catch {
                findings.append(
                    StatusFinding("digest-key-file", .critical, "\(error)", hint: restore)
                )
            }
        }
        return findings
    }

    // A list has a primary key and a subkey; an empty file is left by a power cut.
    private static func hasKeys(_ home: String) -> Bool {
        let folder = home + "/private-keys-v1.d"
        let files = FileManager.default
        let keys = ((try? files.contentsOfDirectory(atPath: folder)) ?? []).filter {
            $0.hasSuffix(".key")
        }
        return !keys.isEmpty
            && (keys.map { "\(folder)/\($0)" } + ["\(home)/pubring.kbx"])
                .allSatisfy {
                    let size = try? files.attributesOfItem(atPath: $0)[.size] as? NSNumber
                    return (size?.intValue ?? 0) > 0
                }
    }

    private static func spaceFinding(_ path: String) -> StatusFinding? {
        guard let space = try? FreeSpace(of: path) else {
            return StatusFinding(
                "disk",
                .critical,
                "\(path) cannot be looked at",
                hint: "run as root or as the user of the service"
            )
        }
        let hint = "make space: mail for the lists is deferred while there is none"
        if space.isReadOnly {
            return StatusFinding(
                "disk",
                .critical,
                "the file system of \(path) is read-only",
                hint: "see the kernel's log, and mount it for writing"
            )
        }
        if space.freeFiles == 0 || space.freeOctets < leastSpace.critical {
            return StatusFinding("disk", .critical, "the disk of \(path) is full", hint: hint)
        }
        guard space.freeOctets < leastSpace.degraded else { return nil }
        let free = Int(space.freeOctets).readableSize
        return StatusFinding("disk", .degraded, "\(path) has \(free) left", hint: hint)
    }

    /// What the database says of lists, people and copies.
    func storedFindings(_ status: StoreStatus) -> [StatusFinding] {
        var findings: [StatusFinding] = []
        if let oldest = status.oldestOwed, now.timeIntervalSince(oldest) > Self.lateness.degraded {
            findings.append(
                StatusFinding(
                    "late-copies",
                    now.timeIntervalSince(oldest) > Self.lateness.critical ? .critical : .degraded,
                    "\(status.owed) copies are not delivered, the oldest since \(oldest.readable)",
                    hint: "'listseal queue show' says why, 'postqueue -p' what Postfix waits for"
                )
            )
        }
        if status.unusableKeys > 0 {
            findings.append(
                StatusFinding(
                    "unusable-keys",
                    .degraded,
                    "\(status.unusableKeys) people receive no copies: their keys cannot be used",
                    hint: "'listseal subscribers' shows who; the owners have been told"
                )
            )
        }
        if status.bounced > 0 {
            findings.append(
                StatusFinding(
                    "stopped-copies",
                    .degraded,
                    "\(status.bounced) people receive no copies: too many came back",
                    hint: "'listseal subscribers' shows who; the owners have been told"
                )
            )
        }
        findings += status.listsBouncing.map {
            StatusFinding(
                "bounces",
                .critical,
                "\($0): copies to at least half of the people come back",
                hint: "'listseal subscriber show' prints the reasons; look at the mail log"
            )
        }
        findings += status.listsPaused.map {
            StatusFinding(
                "paused",
                .degraded,
                "\($0) is paused: its mail waits at the senders",
                hint: "'listseal list resume \($0)' ends that"
            )
        }
        return findings
            + status.listsWithoutReader.map {
                StatusFinding(
                    "no-reader",
                    .critical,
                    "\($0): no owner has a key that can be used",
                    hint: "set one with 'listseal subscriber set-key'"
                )
            }
    }
}

extension DoorProbe.Door {
    fileprivate var name: String {
        switch self {
        case .milter: "the milter"
        case .gate: "the gate"
        case .wayBack: "Postfix's service for copies"
        }
    }
}

extension Finding.Kind {
    /// Whether list mail does not arrive at all because of it.
    fileprivate var stopsMail: Bool {
        switch self {
        case .notAttached, .incomplete, .circularMilters, .outdatedMap, .shadowedAddress,
            .unknownDomain, .groupMembership:
            true
        case .milterNotLast, .serviceOverrides, .milterMaps, .proxyFilter, .contentFilter,
            .holdRule, .recipientDelimiter, .originalRecipient, .softBounce, .socket,
            .wayBackMilters:
            false
        }
    }
}
