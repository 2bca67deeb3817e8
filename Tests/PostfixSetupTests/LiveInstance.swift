import Foundation

@testable import PostfixSetup

extension PrivatePostfix {
    /// An instance that can be started, with a mailbox `anne@mailbox.example`.
    static func live(
        main: String = "",
        chroot: String = "n",
        smtpd: String = ""
    ) throws
        -> PrivatePostfix
    {
        try PrivatePostfix(main: liveMain + main) { postfix in
            postfix.liveMaster(chroot: chroot, smtpd: smtpd)
        }
    }

    /// Ordinary mail that has arrived.
    var mailbox: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: root + "/mail/anne/new")) ?? []
    }

    /// Whether any file below a directory holds a text.
    func contains(_ text: String, below directory: String) -> Bool {
        let files = FileManager.default.enumerator(atPath: directory)
        while let file = files?.nextObject() as? String {
            guard let data = FileManager.default.contents(atPath: directory + "/" + file) else {
                continue
            }
            if data.range(of: Data(text.utf8)) != nil { return true }
        }
        return false
    }

    private static let liveMain = """
        maillog_file = {root}/log
        maillog_file_prefixes = /tmp
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        mynetworks = 192.0.2.99
        disable_dns_lookups = yes
        smtpd_peername_lookup = no
        smtpd_authorized_xclient_hosts = 127.0.0.1
        smtpd_relay_restrictions = reject_unauth_destination
        default_transport = error:5.4.4 no world in a test
        relay_transport = error:5.4.4 no world in a test
        alias_maps =
        local_recipient_maps = inline:{root=x}
        virtual_mailbox_domains = mailbox.example
        virtual_mailbox_base = {root}/mail
        virtual_mailbox_maps = inline:{anne@mailbox.example=anne/}
        virtual_uid_maps = static:65534
        virtual_gid_maps = static:65534

        """

    private func liveMaster(chroot: String, smtpd: String) -> String {
        let lines = [
            "127.0.0.1:\(port) inet n - \(chroot) - - smtpd\(smtpd)",
            "postlog unix-dgram n - n - 1 postlogd",
            "pickup unix n - \(chroot) 60 1 pickup", "cleanup unix n - \(chroot) - 0 cleanup",
            "qmgr unix n - n 300 1 qmgr", "rewrite unix - - \(chroot) - - trivial-rewrite",
            "bounce unix - - \(chroot) - 0 bounce", "defer unix - - \(chroot) - 0 bounce",
            "trace unix - - \(chroot) - 0 bounce", "flush unix n - \(chroot) 1000? 0 flush",
            "proxymap unix - - n - - proxymap", "smtp unix - - \(chroot) - - smtp",
            "showq unix n - \(chroot) - - showq", "error unix - - \(chroot) - - error",
            "retry unix - - \(chroot) - - error", "discard unix - - \(chroot) - - discard",
            "virtual unix - n n - - virtual", "lmtp unix - - \(chroot) - - lmtp",
            "anvil unix - - \(chroot) - 1 anvil", "scache unix - - \(chroot) - 1 scache",
        ]
        return lines.map { $0 + "\n" }.joined()
    }
}
