import Testing

@testable import PostfixSetup

@Suite("Postfix parameters")
struct ParameterTests {
    @Test(
        "A list is split at commas and blanks outside of braces",
        arguments: [
            ("", []), ("a", ["a"]), (" a,b  c,, d ", ["a", "b", "c", "d"]),
            ("{ a, b=c } d", ["{ a, b=c }", "d"]),
            ("inline:{{a=b, c}}, hash:/x", ["inline:{{a=b, c}}", "hash:/x"]),
            ("a } b", ["a", "}", "b"]), ("{a b", ["{a b"]),
        ]
    )
    func split(text: String, elements: [String]) {
        #expect(ParameterList(text).elements == elements)
    }

    @Test(
        "A list without blanks means the same",
        arguments: [
            ("inet:a:1, inet:b:2", "inet:a:1,inet:b:2"),
            ("{ inet:a:1, connect_timeout = 5s }", "{inet:a:1,connect_timeout=5s}"),
            ("{ inet:a:1 connect_timeout=5s , }", "{inet:a:1,connect_timeout=5s}"),
            ("{ inet:a:1, { default_action = accept } }", "{inet:a:1,{default_action=accept}}"),
        ]
    )
    func withoutBlanks(text: String, result: String) {
        #expect(ParameterList(text).withoutBlanks == result)
    }

    @Test(
        "Only plain references are replaced",
        arguments: [
            ("$m", "x"), ("${m}", "x"), ("$(m), y", "x, y"), ("a $m,b $mm", "a x,b $mm"),
            ("$$m", "$$m"), ("m", "m"), ("$", "$"), ("${m_n}", "${m_n}"),
        ]
    )
    func replacing(text: String, result: String) {
        #expect(ParameterReferences.replacing("m", in: text, with: "x") == result)
    }

    @Test("A conditional cannot be replaced", arguments: ["${m?yes}", "${m:no}", "${m?{a}:{b}}"])
    func conditional(text: String) {
        #expect(ParameterReferences.names(in: text).first == "m")
        #expect(ParameterReferences.replacing("m", in: text, with: "x") == nil)
    }

    @Test("A difference shows changed lines and three lines around them")
    func difference() {
        let old = (1...9).map { "line \($0)\n" }.joined()
        let new = old.replacing("line 5\n", with: "five\n") + "ten\n"
        #expect(
            LineDifference(from: old, to: new).description(oldName: "a", newName: "b") == """
                --- a
                +++ b
                @@
                 line 2
                 line 3
                 line 4
                -line 5
                +five
                 line 6
                 line 7
                 line 8
                 line 9
                +ten
                 

                """
        )
        #expect(LineDifference(from: old, to: old).description(oldName: "", newName: "") == "")
    }
}
