/// The three services that are ours in master.cf.
enum OwnService: String, CaseIterable {
    /// Takes our copies: an smtpd on a socket that only group postdrop reaches.
    case wayBack = "listseal-in"
    /// Queues our copies, unread and unchanged.
    case cleanup = "listseal-cleanup"
    /// Brings to the daemon what did not come by the milter.
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

    /// The line without its settings.
    ///
    /// `n` in the fourth field puts the socket
    /// into `public/`; none is in the chroot, so that none needs files there.
    var line: String {
        switch self {
        case .wayBack: "\(rawValue) unix n - n - 20 smtpd"
        case .cleanup: "\(rawValue) unix n - n - 0 cleanup"
        case .gate: "\(rawValue) unix - - n - - lmtp"
        }
    }

    /// What the site's settings must not do to our copies.
    ///
    /// `milters` is the literal list of the site's other milters: a reference
    /// to a parameter that leads back to smtpd_milters stops every Postfix
    /// program. A copy is larger than its post, so the site's size limit is
    /// lifted; that switches off Postfix's free-space check, which
    /// `queue_minfree` brings back.
    static func wayBackSettings(milters: String, minimumFree: Int) -> [Setting] {
        [
            Setting("syslog_name", "postfix/listseal"),
            Setting("smtpd_milters", milters), Setting("smtpd_milter_maps"),
            // A client on a socket is localhost[127.0.0.1], and nobody else is.
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
            // A 5xx to RCPT is final for a subscriber; a 4xx would be asked for ever.
            Setting("soft_bounce", "no"),
            Setting("message_size_limit", "0"), Setting("queue_minfree", "\(minimumFree)"),
            Setting("cleanup_service_name", OwnService.cleanup.rawValue),
        ]
    }

    /// No rule of the site reads, copies or changes our copies.
    static let cleanupSettings = [
        Setting("syslog_name", "postfix/listseal"),
        Setting("message_size_limit", "0"),
        Setting("header_checks"), Setting("mime_header_checks"), Setting("nested_header_checks"),
        Setting("body_checks"), Setting("milter_header_checks"),
        Setting("disable_mime_input_processing", "yes"),
        Setting("non_smtpd_milters"),
        Setting("always_bcc"), Setting("sender_bcc_maps"), Setting("recipient_bcc_maps"),
    ]

    /// Not one octet of a signed post may change on the way to the daemon.
    static let gateSettings = [
        Setting("syslog_name", "postfix/listseal-gate"),
        Setting("lmtp_line_length_limit", "0"),
        Setting("lmtp_send_xforward_command", "yes"),
        Setting("disable_mime_output_conversion", "yes"),
        // A socket has no TLS, whatever the site demands of its peers.
        Setting("lmtp_tls_security_level", "none"), Setting("lmtp_tls_policy_maps"),
        Setting("lmtp_sasl_auth_enable", "no"),
    ]
}
