import Logging
import SMTP

/// A log handler that writes every message and every value as visible text.
///
/// What a line of the log quotes may be anybody's: the reply of a server, the words of an engine.
struct VisibleLogHandler: LogHandler {
    private var handler: StreamLogHandler

    init(_ handler: StreamLogHandler) { self.handler = handler }

    var metadata: Logger.Metadata {
        get { handler.metadata }
        set { handler.metadata = newValue.mapValues(Self.visible) }
    }

    var metadataProvider: Logger.MetadataProvider? {
        get { handler.metadataProvider }
        set { handler.metadataProvider = newValue }
    }

    var logLevel: Logger.Level {
        get { handler.logLevel }
        set { handler.logLevel = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { handler[metadataKey: key] }
        set { handler[metadataKey: key] = newValue.map(Self.visible) }
    }

    func log(event: LogEvent) {
        var event = event
        event.message = "\(event.message.description.visible)"
        event.metadata = event.metadata?.mapValues(Self.visible)
        handler.log(event: event)
    }

    private static func visible(_ value: Logger.Metadata.Value) -> Logger.Metadata.Value {
        "\(value.description.visible)"
    }
}
