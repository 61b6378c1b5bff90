// Prints the share of planted mistakes that the tests noticed, by folder, and each that they did not.
// node mutation-scores.js REPORT FOLDER...
const [report, ...folders] = process.argv.slice(2);
const { files } = JSON.parse(require('fs').readFileSync(report, 'utf8'));
const noticed = ['Killed', 'Timeout'];
const missed = ['Survived', 'NoCoverage'];

for (const folder of folders) {
  const mutants = Object.entries(files)
    .filter(([path]) => path.includes(`${folder}/`))
    .flatMap(([path, file]) => file.mutants.map((mutant) => ({ ...mutant, path: path.slice(path.indexOf(folder)) })));
  const count = (states) => mutants.filter((mutant) => states.includes(mutant.status)).length;
  const all = count([...noticed, ...missed]);
  const share = all ? `${((100 * count(noticed)) / all).toFixed(1)} %` : 'nothing to plant';
  console.log(`${folder}: ${share} of ${all} (${count(['Timeout'])} by time-out, ${count(['NoCoverage'])} in code that no test reaches)`);
  for (const { path, location, status, mutatorName, replacement } of mutants.filter((mutant) => missed.includes(mutant.status))) {
    const { line, column } = location.start;
    console.log(`  ${path}:${line}:${column} ${status === 'NoCoverage' ? 'not reached' : 'survived'}: ${mutatorName} → ${replacement.replace(/\s+/g, ' ').slice(0, 100)}`);
  }
}
