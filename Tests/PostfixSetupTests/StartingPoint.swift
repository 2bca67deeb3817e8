import Testing

/// A site's configuration as setup may find it.
struct StartingPoint: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var main = ""
    var masterAddition = ""
    var endsWithNewline = true

    func make() throws -> PrivatePostfix {
        try PrivatePostfix(main: main) { postfix in
            var text = postfix.minimalMaster + masterAddition
            if !endsWithNewline { text.removeLast() }
            return text
        }
    }

    static let all = [
        Self(testDescription: "bare"),
        Self(
            testDescription: "OpenDKIM, as its documentation says",
            main: """
                milter_default_action = accept
                smtpd_milters = inet:localhost:8891
                non_smtpd_milters = $smtpd_milters

                """
        ),
        Self(
            testDescription: "several milters on several lines, with comments between",
            main: """
                smtpd_milters =
                    inet:localhost:8891,
                # the virus scanner
                    { inet:localhost:8892, connect_timeout = 5s, default_action=accept }
                    inet:localhost:8893
                non_smtpd_milters = ${smtpd_milters} inet:localhost:8894

                """
        ),
        Self(
            testDescription: "milters in a parameter of the site's own",
            main: """
                signer = inet:localhost:8891
                smtpd_milters = $signer, inet:localhost:8892
                all_milters = ${smtpd_milters?{$smtpd_milters}:{inet:localhost:1}}
                non_smtpd_milters = $all_milters

                """
        ),
        Self(
            testDescription: "blanks around equal signs, and none",
            main: """
                smtpd_milters   =    inet:localhost:8891
                virtual_alias_maps=static:nobody@local.example
                transport_maps\t=\tinline:{a.example=smtp:[192.0.2.1]}

                """
        ),
        Self(
            testDescription: "empty values",
            main: """
                smtpd_milters =
                non_smtpd_milters=
                virtual_alias_maps =
                virtual_alias_domains =
                transport_maps =

                """
        ),
        Self(
            testDescription: "no newline behind the last lines",
            main: "smtpd_banner = $myhostname ESMTP\nrecipient_delimiter = +",
            endsWithNewline: false
        ),
        Self(
            testDescription: "services with their own settings",
            masterAddition: """
                submission inet n       -       y       -       -       smtpd
                  -o syslog_name=postfix/submission
                  -o smtpd_milters=inet:localhost:8891
                #  -o smtpd_tls_security_level=encrypt
                  -o { smtpd_client_restrictions = permit_sasl_authenticated, reject }
                other     unix  n       -       n       -       0       cleanup
                  -o non_smtpd_milters=$smtpd_milters

                """
        ),
        Self(testDescription: "recipient_delimiter empty", main: "recipient_delimiter =\n"),
        Self(testDescription: "recipient_delimiter +", main: "recipient_delimiter = +\n"),
        Self(testDescription: "recipient_delimiter -", main: "recipient_delimiter = -\n"),
        Self(
            testDescription: "virtual and relay domains",
            main: """
                virtual_alias_domains = virtual.example
                virtual_alias_maps = inline:{{a@virtual.example=root}}
                relay_domains = relay.example

                """
        ),
    ]
}
