import Foundation

/// Checks that Postfix and the daemon can reach each other's sockets.
extension CheckedConfiguration {
    func socketFindings() throws -> [Finding] {
        var result: [Finding] = []
        let directory = SocketDirectory(installation: installation)
        let group = try SocketDirectory.group(of: instance)
        for socket in [installation.milterSocket, installation.gateSocket] {
            guard let problem = directory.problem(with: socket, group: group) else { continue }
            result.append(
                Finding(
                    .socket,
                    problem + ": list mail waits in Postfix's queue",
                    hint: "start the daemon (systemctl start listseal); if it runs, run "
                        + "'listseal postfix setup' again, which mends owners and modes"
                )
            )
        }
        // This only checks that the socket exists; the probe connects to it.
        if try instance.isRunning(),
            !FileManager.default.fileExists(atPath: installation.wayBackSocket)
        {
            result.append(
                Finding(
                    .socket,
                    "there is no socket \(installation.wayBackSocket): no copy can be handed over",
                    hint: "run 'postfix reload', and see the mail log for what it says"
                )
            )
        }
        let needed = try instance.expandedValue(of: "setgid_group")
        let user = installation.serviceUser
        guard user != "root", try SystemAccount.exists(user),
            try !SystemAccount.groups(of: user).contains(needed)
        else { return result }
        result.append(
            Finding(
                .groupMembership,
                "\(user) is not in the group \(needed): it may not use the way back",
                hint: "run 'gpasswd --add \(user) \(needed)' and restart the daemon"
            )
        )
        return result
    }
}
