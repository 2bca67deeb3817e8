import CMilter
import Glibc
import Logging

// The callbacks that libmilter calls. Each one finds its connection, copies the
// values from the MTA, calls one method and returns a status. The negotiation
// callback retains the connection object and the close callback releases it. In
// between, the private data of libmilter's context owns it.
//
// libmilter makes one call at a time for a connection, but on changing threads.
// An MTA that skips the negotiation has no connection object. Each reply to it is
// a temporary failure, never an acceptance.

/// Registers the callbacks with libmilter.
///
/// - Returns: False if libmilter refuses the registration.
func registerMilterCallbacks() -> Bool {
    var description = unsafe smfiDesc()
    unsafe description.xxfi_version = SMFI_VERSION
    unsafe description.xxfi_flags = MilterNegotiation.actions
    unsafe description.xxfi_negotiate = milterNegotiate
    unsafe description.xxfi_connect = milterConnect
    unsafe description.xxfi_envfrom = milterMailFrom
    unsafe description.xxfi_envrcpt = milterRecipient
    unsafe description.xxfi_data = milterData
    unsafe description.xxfi_header = milterHeader
    unsafe description.xxfi_eoh = milterEndOfHeaders
    unsafe description.xxfi_body = milterBody
    unsafe description.xxfi_eom = milterEndOfMessage
    unsafe description.xxfi_abort = milterAbort
    unsafe description.xxfi_close = milterClose
    var name = Array("listseal".utf8CString)
    return unsafe name.withUnsafeMutableBufferPointer { name in
        // libmilter copies the description, and the name in it.
        unsafe description.xxfi_name = name.baseAddress
        return unsafe smfi_register(description) == MI_SUCCESS
    }
}

private func milterNegotiate(
    context: OpaquePointer?,
    offeredActions: UInt,
    offeredSteps: UInt,
    _: UInt,
    _: UInt,
    actions: UnsafeMutablePointer<UInt>?,
    steps: UnsafeMutablePointer<UInt>?,
    _: UnsafeMutablePointer<UInt>?,
    _: UnsafeMutablePointer<UInt>?
) -> sfsistat {
    guard let context = unsafe context.map(MilterContext.init),
        let filter = MilterFilter.installed
    else { return SMFIS_REJECT }
    guard
        let wanted = MilterNegotiation.steps(
            offeredActions: offeredActions,
            offeredSteps: offeredSteps
        )
    else {
        filter.logger.error(
            "the MTA cannot do what is needed: is milter_protocol less than 6?",
            metadata: ["actions": "\(offeredActions)", "steps": "\(offeredSteps)"]
        )
        return SMFIS_REJECT
    }
    guard context.requestMacros() else { return SMFIS_REJECT }
    context.attach(MilterConnection(filter: filter))
    unsafe actions?.pointee = MilterNegotiation.actions
    unsafe steps?.pointee = wanted
    return SMFIS_CONTINUE
}

private func milterConnect(
    context: OpaquePointer?,
    hostName: UnsafeMutablePointer<CChar>?,
    address: UnsafeMutablePointer<sockaddr>?
) -> sfsistat {
    guard let connection = unsafe context.map(MilterContext.init)?.connection
    else { return SMFIS_TEMPFAIL }
    unsafe connection.connected(MilterPeer(hostName: hostName, address: address))
    return SMFIS_NOREPLY
}

private func milterMailFrom(
    context: OpaquePointer?,
    arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> sfsistat {
    guard let context = unsafe context.map(MilterContext.init),
        let connection = context.connection
    else { return SMFIS_TEMPFAIL }
    let command = unsafe SMTPArguments(arguments)
    connection.mailFrom(
        command.argument,
        parameters: command.parameters,
        macros: context.macros(at: .mail)
    )
    return SMFIS_NOREPLY
}

private func milterRecipient(
    context: OpaquePointer?,
    arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> sfsistat {
    guard let context = unsafe context.map(MilterContext.init),
        let connection = context.connection
    else { return SMFIS_TEMPFAIL }
    let command = unsafe SMTPArguments(arguments)
    let status = connection.recipient(
        command.argument,
        parameters: command.parameters,
        macros: context.macros(at: .recipient)
    )
    return context.code(for: status)
}

private func milterData(context: OpaquePointer?) -> sfsistat {
    guard let context = unsafe context.map(MilterContext.init),
        let connection = context.connection
    else { return SMFIS_TEMPFAIL }
    return context.code(for: connection.data(macros: context.macros(at: .data)))
}

private func milterHeader(
    context: OpaquePointer?,
    name: UnsafeMutablePointer<CChar>?,
    value: UnsafeMutablePointer<CChar>?
) -> sfsistat {
    guard let connection = unsafe context.map(MilterContext.init)?.connection
    else { return SMFIS_TEMPFAIL }
    unsafe connection.header(name: octets(of: name), value: octets(of: value))
    return SMFIS_NOREPLY
}

private func milterEndOfHeaders(context: OpaquePointer?) -> sfsistat {
    guard let connection = unsafe context.map(MilterContext.init)?.connection
    else { return SMFIS_TEMPFAIL }
    connection.endOfHeaders()
    return SMFIS_NOREPLY
}

private func milterBody(
    context: OpaquePointer?,
    chunk: UnsafeMutablePointer<UInt8>?,
    count: Int
) -> sfsistat {
    guard let connection = unsafe context.map(MilterContext.init)?.connection
    else { return SMFIS_TEMPFAIL }
    connection.body { unsafe Array(UnsafeBufferPointer(start: chunk, count: count)) }
    return SMFIS_NOREPLY
}

private func milterEndOfMessage(context: OpaquePointer?) -> sfsistat {
    guard let context = unsafe context.map(MilterContext.init),
        let connection = context.connection
    else { return SMFIS_TEMPFAIL }
    let macros = context.macros(at: .endOfMessage)
    let actions = context.messageActions(queueID: macros[.queueID])
    return context.code(for: connection.endOfMessage(actions, macros: macros))
}

private func milterAbort(context: OpaquePointer?) -> sfsistat {
    unsafe context.map(MilterContext.init)?.connection?.aborted()
    return SMFIS_CONTINUE
}

// libmilter calls this once for QUIT, and again if the MTA keeps the socket open.
private func milterClose(context: OpaquePointer?) -> sfsistat {
    unsafe context.map(MilterContext.init)?.detach()
    return SMFIS_CONTINUE
}

extension MilterContext {
    fileprivate var connection: MilterConnection? {
        unsafe smfi_getpriv(pointer).map {
            unsafe Unmanaged<MilterConnection>.fromOpaque($0).takeUnretainedValue()
        }
    }

    fileprivate func attach(_ connection: MilterConnection) {
        detach()
        unsafe smfi_setpriv(pointer, Unmanaged.passRetained(connection).toOpaque())
    }

    /// Closes the connection and releases its object; does nothing without one.
    fileprivate func detach() {
        guard let opaque = unsafe smfi_getpriv(pointer) else { return }
        unsafe smfi_setpriv(pointer, nil)
        let connection = unsafe Unmanaged<MilterConnection>.fromOpaque(opaque)
        unsafe connection.takeRetainedValue().closed()
    }
}

private func octets(of text: UnsafePointer<CChar>?) -> [UInt8] {
    guard let text = unsafe text else { return [] }
    return unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
}
