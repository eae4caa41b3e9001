// Uses a server through the official driver for JavaScript. Usage: driver.js URI
const assert = require('node:assert')
const neo4j = require('neo4j-driver')

async function main (uri) {
  const driver = neo4j.driver(uri, neo4j.auth.basic('neo4j', 'secret'))
  const server = await driver.getServerInfo()
  assert.ok(server.protocolVersion >= 5.1)
  const session = driver.session()
  const single = async (text, parameters) => (await session.run(text, parameters)).records[0].get(0)
  for (const value of [null, true, 1.5, 'Ada', [1.5, 'a'], { a: { b: [null] } }]) {
    assert.deepStrictEqual(await single('RETURN $value', { value }), value)
  }
  assert.strictEqual((await single('RETURN 9223372036854775807')).toString(), '9223372036854775807')
  const date = new neo4j.types.Date(1815, 12, 10)
  assert.strictEqual((await single('RETURN $date', { date })).toString(), '1815-12-10')
  const duration = new neo4j.types.Duration(1, 2, neo4j.int(3), neo4j.int(4))
  assert.strictEqual((await single('RETURN $duration', { duration })).toString(), duration.toString())
  const zoned = await single("RETURN datetime('2024-07-01T12:00[Europe/Berlin]')")
  assert.strictEqual(zoned.timeZoneId, 'Europe/Berlin')
  const path = await single('CREATE p = (:A {x: 1})-[:R]->(:B) RETURN p')
  assert.deepStrictEqual(path.start.labels, ['A'])
  assert.strictEqual(path.segments[0].relationship.type, 'R')
  const rows = await session.run('UNWIND range(1, 2500) AS n RETURN n')
  assert.strictEqual(rows.records.length, 2500)
  await assert.rejects(session.run('RETRUN 1'), error => error.code === 'Neo.ClientError.Statement.SyntaxError')
  const transaction = session.beginTransaction()
  await transaction.run('MATCH (n) DETACH DELETE n')
  await transaction.rollback()
  assert.strictEqual((await single('MATCH (n) RETURN count(n)')).toNumber(), 2)
  await session.executeWrite(transaction => transaction.run('MATCH (n) DETACH DELETE n'))
  assert.strictEqual((await single('MATCH (n) RETURN count(n)')).toNumber(), 0)
  await driver.close()
}

setTimeout(() => {
  console.error('not done in 300 s')
  process.exit(1)
}, 300_000).unref()

main(process.argv[2]).then(() => console.log('ok'), error => {
  console.error(error)
  process.exit(1)
})
