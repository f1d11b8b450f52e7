import texts from '#generated/texts/lv/applications-editor.js'
import { startSection } from './live.ts'

startSection('lv', texts)
