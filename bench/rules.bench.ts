/**
 * Rules against peers. `npm run bench rules`; `--quick` measures fewer rounds and cases, to try the benchmark itself.
 */
import { targetsTable, writeResults } from './report.ts'
import { measureAllActions } from './rules/all-actions.ts'
import { measureChecks } from './rules/checks.ts'
import { measureFewestChanges } from './rules/fewest-changes.ts'

const quick = process.argv.includes('--quick')
const checks = await measureChecks(quick ? 3 : 7)
const allActions = await measureAllActions(quick ? 3 : 7)
const fewestChanges = await measureFewestChanges(quick ? 100 : 1000, quick ? 2 : 5)
const targets = [...checks.targets, ...allActions.targets, ...fewestChanges.targets]
console.log(`\n${targetsTable(targets)}`)
writeResults('rules', {
  checks: checks.measured,
  allActions: allActions.measured,
  fewestChanges: fewestChanges.measured,
  targets
})
process.exit(targets.every(({ met }) => met) ? 0 : 1)
