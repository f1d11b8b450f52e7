/**
 * Rules against peers. `npm run bench rules`; `--quick` measures fewer rounds and cases, to try the benchmark itself.
 */
import { targetsTable, writeResults } from './report.ts'
import { measureChecks } from './rules/checks.ts'

const quick = process.argv.includes('--quick')
const checks = await measureChecks(quick ? 3 : 7)
const targets = [...checks.targets]
console.log(`\n${targetsTable(targets)}`)
writeResults('rules', { checks: checks.measured, targets })
process.exit(targets.every(({ met }) => met) ? 0 : 1)
