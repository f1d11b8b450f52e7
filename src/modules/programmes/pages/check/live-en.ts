import check from '#generated/texts/en/check.js'
import input from '#generated/texts/en/input.js'
import rules from '#generated/texts/en/rules.js'
import { startCheck } from './live.ts'

startCheck('en', { ...check, ...input, ...rules })
