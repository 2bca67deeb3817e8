/// The three services that `setup` adds to master.cf.
enum OwnService: String, CaseIterable {
    /// Receives our copies: an smtpd on a socket that only the group postdrop can use.
    case wayBack = "listseal-in"
    /// Queues our copies without checking or changing them.
    case cleanup = "listseal-cleanup"
    /// Delivers list mail that the milter did not handle to the daemon, by LMTP.
    case gate = "listseal-gate"

    /// One `-o name=value`.
    struct Setting: Hashable {
        let name: String
        let value: String

        init(_ name: String, _ value: String = "") {
            self.name = name
            self.value = value
        }
    }

    /// The name as `postconf -M` writes it.
    var path: String { rawValue + "/unix" }

    /// The line in master.cf without its settings.
    ///
    /// `n` in the third field puts the socket into `public/`. `n` in the fifth field runs
    /// the service outside the chroot, so that it needs no files there.
    var line: String {
        switch self {
        case .wayBack: "\(rawValue) unix n - n - 20 smtpd"
        case .cleanup: "\(rawValue) unix n - n - 0 cleanup"
        case .gate: "\(rawValue) unix - - n - - lmtp"
        }
    }

    /// The settings that protect our copies from the site's restrictions and limits.
    ///
    /// `milters` is the literal list of the site's other milters: a reference to a
    /// parameter that leads back to smtpd_milters stops every Postfix program. A copy is
    /// larger than its post, so these settings remove the site's size limit. Without a
    /// size limit Postfix does not check the free space, so `queue_minfree` sets it.
    static func wayBackSettings(milters: String, minimumFree: Int) -> [Setting] {
        [
            Setting("syslog_name", "postfix/listseal"),
            Setting("smtpd_milters", milters), Setting("smtpd_milter_maps"),
            // smtpd reports a client on a unix socket as localhost[127.0.0.1].
            Setting("mynetworks", "127.0.0.0/8"),
            Setting("smtpd_client_restrictions", "permit_mynetworks,reject"),
            Setting("smtpd_helo_restrictions"), Setting("smtpd_sender_restrictions"),
            Setting("smtpd_relay_restrictions", "permit_mynetworks,reject"),
            Setting("smtpd_recipient_restrictions", "permit_mynetworks,reject"),
            Setting("smtpd_data_restrictions"), Setting("smtpd_end_of_data_restrictions"),
            Setting(
                "receive_override_options",
                "no_unknown_recipient_checks,no_header_body_checks"
            ),
            Setting("local_header_rewrite_clients"),
            Setting("smtpd_tls_security_level", "none"), Setting("smtpd_sasl_auth_enable", "no"),
            Setting("smtpd_client_connection_count_limit", "0"),
            Setting("smtpd_client_connection_rate_limit", "0"),
            Setting("smtpd_client_message_rate_limit", "0"),
            Setting("smtpd_client_recipient_rate_limit", "0"),
            Setting("smtpd_hard_error_limit", "1000"), Setting("smtpd_soft_error_limit", "1000"),
            Setting("smtpd_authorized_xclient_hosts"), Setting("smtpd_upstream_proxy_protocol"),
            Setting("smtpd_proxy_filter"), Setting("content_filter"),
            Setting("smtpd_command_filter"), Setting("smtpd_discard_ehlo_keywords"),
            Setting("smtpd_discard_ehlo_keyword_address_maps"),
            // A 5xx to RCPT ends the delivery; soft_bounce would turn it into a 4xx.
            Setting("soft_bounce", "no"),
            Setting("message_size_limit", "0"), Setting("queue_minfree", "\(minimumFree)"),
            Setting("cleanup_service_name", OwnService.cleanup.rawValue),
        ]
    }

    /// The settings that keep the site's rules from reading or changing our copies.
    static let cleanupSettings = [
        Setting("syslog_name", "postfix/listseal"),
        Setting("message_size_limit", "0"),
        Setting("header_checks"), Setting("mime_header_checks"), Setting("nested_header_checks"),
        Setting("body_checks"), Setting("milter_header_checks"),
        Setting("disable_mime_input_processing", "yes"),
        Setting("non_smtpd_milters"),
        Setting("always_bcc"), Setting("sender_bcc_maps"), Setting("recipient_bcc_maps"),
    ]

    /// The settings that keep every octet of a signed post on the way to the daemon.
    static let gateSettings = [
        Setting("syslog_name", "postfix/listseal-gate"),
        Setting("lmtp_line_length_limit", "0"),
        Setting("lmtp_send_xforward_command", "yes"),
        Setting("disable_mime_output_conversion", "yes"),
        // The socket has no TLS, even if the site requires it of its peers.
        Setting("lmtp_tls_security_level", "none"), Setting("lmtp_tls_policy_maps"),
        Setting("lmtp_sasl_auth_enable", "no"),
    ]
}
