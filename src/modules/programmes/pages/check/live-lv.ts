import check from '#generated/texts/lv/check.js'
import input from '#generated/texts/lv/input.js'
import rules from '#generated/texts/lv/rules.js'
import { startCheck } from './live.ts'

startCheck('lv', { ...check, ...input, ...rules })
