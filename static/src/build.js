// npm run build: styles, script, pictures and fonts into static/build. Needs nothing but Node and node_modules.
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import * as sass from 'sass'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const packages = join(root, 'node_modules')
const source = join(root, 'static', 'src')
const finished = join(root, 'static', 'build')
const target = join(root, 'static', `build-${process.pid}`)

rmSync(target, { recursive: true, force: true })
for (const folder of ['', 'images', 'fonts']) mkdirSync(join(target, folder), { recursive: true })

const { css } = sass.compile(join(source, 'app.scss'), {
  loadPaths: [root, packages],
  quietDeps: true,
  style: 'compressed'
})
for (const unwanted of ['@font-face', 'GDS Transport', 'crest', 'crown']) {
  if (css.includes(unwanted)) throw new Error(`The style sheet must not hold “${unwanted}”.`)
}
writeFileSync(join(target, 'app.css'), css)

const pictures = join(packages, '@ministryofjustice', 'frontend', 'moj', 'assets', 'images')
for (const [, name] of css.matchAll(/url\("?images\/([\w-]+\.\w+)"?\)/g)) {
  copyFileSync(join(pictures, name), join(target, 'images', name))
}

buildSync({
  entryPoints: [join(source, 'start.js')],
  outfile: join(target, 'app.js'),
  bundle: true,
  format: 'esm',
  legalComments: 'none',
  minify: true,
  target: 'es2020'
})

// Arimo has the widths of Arial. Papers embed it, so that they look the same on every machine.
const fonts = join(packages, '@fontsource', 'arimo', 'files')
for (const name of readdirSync(fonts)) {
  if (/^arimo-latin(-ext)?-(400|700)-(normal|italic)\.woff2$/.test(name)) copyFileSync(join(fonts, name), join(target, 'fonts', name))
}
copyFileSync(join(packages, '@fontsource', 'arimo', 'LICENSE'), join(target, 'fonts', 'LICENSE'))

// Changed over in one go, so that a page asked for meanwhile never finds half of it. A build that fails changes nothing.
const former = `${target}-former`
if (existsSync(finished)) renameSync(finished, former)
renameSync(target, finished)
rmSync(former, { recursive: true, force: true })

for (const name of ['app.css', 'app.js']) {
  const { size } = statSync(join(finished, name))
  console.log(`static/build/${name} ${Math.round(size / 1024)} KB`)
}
