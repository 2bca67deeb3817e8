package import ListServer
import MailingList
import PostfixSetup

extension ListHost {
    /// Returns what opens and judges a message as the milter and the gate would, and changes
    /// nothing.
    ///
    /// Throws ``DigestKeyError``, and ``PostfixSetupError`` if the record of the set-up cannot
    /// be read.
    package func explainer() throws -> Explainer {
        let installation = try PostfixInstallation.load(state: state.path)
        return Explainer(
            road: Road(
                store: store,
                sealer: try sealer(),
                openings: 1,
                disk: installation?.queueDirectory ?? state.path,
                state: state.path,
                clock: clock,
                jumps: ClockJumpDetector(clock: clock)
            )
        )
    }
}
