#!/usr/bin/env node
'use strict'
// The oldest syntax that any Node reads, so that one too old gets a sentence instead of a syntax error.
var version = process.versions.node
if (Number(version.split('.')[0]) < 24) {
  console.error('vdiskprep needs Node 24 or newer, and this is Node ' + version + '.')
  process.exitCode = 2
} else {
  require('node:module').enableCompileCache()
  var path = require('node:path')
  var built = path.join(__dirname, '..', 'dist', 'main.js')
  var main = require('node:fs').existsSync(built) ? built : path.join(__dirname, '..', 'src', 'main.ts')
  import(require('node:url').pathToFileURL(main).href)
}
