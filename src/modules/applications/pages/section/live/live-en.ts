import texts from '#generated/texts/en/applications-editor.js'
import { startSection } from './live.ts'

startSection('en', texts)
