-- The milter seen by OpenDKIM's miltertest, with -D socket=… -D client=…
-- An error ends it with status 1; pcall makes it say which.

local function expect(condition, what)
    if not condition then error(what, 0) end
end

local function run()
    local conn = mt.connect(socket)
    expect(conn ~= nil, "cannot connect")
    expect(mt.conninfo(conn, client, "192.0.2.7") == nil, "conninfo")
    expect(mt.test_action(conn, SMFIF_DELRCPT), "deletion is not asked for")
    expect(not mt.test_action(conn, SMFIF_ADDHDRS), "additions are asked for")
    expect(not mt.test_action(conn, SMFIF_CHGBODY), "body changes are asked for")
    expect(mt.test_option(conn, SMFIP_NR_HDR), "headers are answered")

    -- A refusal at RCPT.
    mt.mailfrom(conn, "<a@example.org>", "AT=recipient", "DO=single")
    mt.rcptto(conn, "<list@example.org>")
    expect(mt.getreply(conn) == SMFIR_REPLYCODE, "RCPT is not refused")
    mt.abort(conn)

    -- A message that loses one recipient and is kept.
    mt.macro(conn, SMFIC_MAIL, "i", "4XYZ")
    mt.mailfrom(conn, "<a@example.org>", "DELETE=1")
    mt.rcptto(conn, "<List@example.org>")
    expect(mt.getreply(conn) == SMFIR_CONTINUE, "RCPT is not taken")
    mt.data(conn)
    expect(mt.getreply(conn) == SMFIR_CONTINUE, "DATA is not taken")
    mt.header(conn, "Subject", " hello")
    mt.eoh(conn)
    mt.bodystring(conn, "Hello.\r\n")
    mt.eom(conn)
    expect(mt.getreply(conn) == SMFIR_CONTINUE, "the message is not taken")
    expect(mt.eom_check(conn, MT_RCPTDELETE, "<List@example.org>"), "the recipient is there")

    -- One that is dropped, and one that is refused.
    local answers = {{"discard", SMFIR_DISCARD}, {"later", SMFIR_REPLYCODE}}
    for _, answer in ipairs(answers) do
        mt.mailfrom(conn, "<a@example.org>", "AT=endOfMessage", "DO=" .. answer[1])
        mt.rcptto(conn, "<list@example.org>")
        mt.data(conn)
        mt.header(conn, "Subject", " hello")
        mt.eoh(conn)
        mt.bodystring(conn, "Hello.\r\n")
        mt.eom(conn)
        expect(mt.getreply(conn) == answer[2], answer[1] .. " is not answered")
    end
    expect(mt.eom_check(conn, MT_SMTPREPLY, "451", "4.3.0", "not now"), "the reply is another")
    mt.disconnect(conn)
end

local ok, message = pcall(run)
if not ok then
    mt.echo(message)
    error(message)
end
