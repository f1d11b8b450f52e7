import { test } from 'node:test'
import { sameOptimum } from './repairs-against-integer-program.test.ts'

test('a solver of integer programs finds no smaller set for 1000 consortia of 20 organisations', async () => {
  await sameOptimum(1000, 1)
})
