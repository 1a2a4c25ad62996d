'use strict'
// Before start and test: npm scripts run on the Node that `npm ci` brought; without it, one sentence instead of a syntax error.
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `vdiskprep needs Node 24 and this is Node ${process.versions.node}: run "npm ci" here, which brings the right one.`,
  )
  process.exit(1)
}
