// What tests start prints plain text, whatever the terminal or the CI that the tests run on asks for.
delete process.env["FORCE_COLOR"];
delete process.env["CLICOLOR_FORCE"];
process.env["NO_COLOR"] = "1";
