// SPDX-License-Identifier: GPL-3.0-or-later
//! The user's own SQL as a target, from a file: verdicts, rows, and what is wrong with a statement.
#include "tests/app/program.h"
#include "tests/support/testserver.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QtTest>

using namespace tallystick;

namespace {

QByteArray builtin(const char* name)
{
    QFile file(QStringLiteral(TALLYSTICK_SOURCE_DIR "/resources/scenarios/%1.json")
                   .arg(QLatin1String(name)));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no scenario %s", name);
    return file.readAll();
}

/// The example of the README.
QByteArray readmeScenario()
{
    QFile file(QStringLiteral(TALLYSTICK_SOURCE_DIR "/README.md"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no README");
    const QByteArray text = file.readAll();
    const QByteArray fence = "```json\n";
    const qsizetype start = text.indexOf(fence) + fence.size();
    return text.mid(start, text.indexOf("```", start) - start);
}

QByteArray spendBy(const std::vector<const char*>& steps)
{
    QJsonArray list;
    for (const char* const step : steps)
        list.append(QLatin1String(step));
    QByteArray scenario = R"({
        "name": "own",
        "users": { "openingBalance": 9 },
        "mix": [ { "operation": "spend", "count": 4, "amount": 1 } ],
        "target": { "way": "statements", "statements": { "spend": { "steps": STEPS } } } })";
    return scenario.replace("STEPS", QJsonDocument(list).toJson(QJsonDocument::Compact));
}

} // namespace

class tst_CliOwnSql final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_server = std::make_unique<TestServer>();
        m_connection = m_server->createDatabase();
        m_program = std::make_unique<Program>(
            QStringList{QStringLiteral("--connection"), m_connection.uri});
    }

    void endsByTheVerdict_data()
    {
        QTest::addColumn<QByteArray>("scenario");
        QTest::addColumn<int>("code");
        QTest::newRow("locked") << builtin("own-sql-locked") << 0;
        QTest::newRow("racy") << builtin("own-sql-racy") << 2;
        QTest::newRow("cold start") << builtin("own-sql-cold-start") << 2;
        // The same with a lock in place of the pause is sound.
        QByteArray locked = builtin("own-sql-racy");
        const QByteArray table = "FROM platform.\\\"UserBalance\\\" WHERE \\\"userId\\\" = :user";
        locked.replace("SELECT balance, pg_sleep(0.02) " + table,
                       "SELECT balance " + table + " FOR UPDATE");
        QVERIFY(locked.contains("FOR UPDATE"));
        QTest::newRow("racy with a lock") << locked << 0;
        QByteArray example = readmeScenario();
        QTest::newRow("the README's") << example << 2;
        example.replace("= :user\",\n    \"SELECT :balance",
                        "= :user FOR UPDATE\",\n    \"SELECT :balance");
        QVERIFY(example.contains("FOR UPDATE"));
        QTest::newRow("the README's with a lock") << example << 0;
        // And a row made before it is locked.
        QByteArray warm = builtin("own-sql-cold-start");
        warm.replace(R"("balanceRow": false)", R"("balanceRow": true)");
        QTest::newRow("cold start with a row") << warm << 0;
    }

    void endsByTheVerdict()
    {
        QFETCH(const QByteArray, scenario);
        QFETCH(const int, code);
        const Ended ended = run(written(scenario), {QStringLiteral("--json"), path("r.json")});
        COMPARE_CODE(ended, code);
        QFile file(path("r.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject report = QJsonDocument::fromJson(file.readAll()).object();
        QCOMPARE(report[QStringLiteral("scenario")][QStringLiteral("target")][QStringLiteral("way")]
                     .toString(),
                 QStringLiteral("statements"));
        int found = 0;
        for (const QJsonValue one : report[QStringLiteral("invariants")].toArray()) {
            const QString id = one[QStringLiteral("id")].toString();
            if (one[QStringLiteral("verdict")].toString() != QLatin1String("invalid"))
                continue;
            QVERIFY2(id == QLatin1String("R4") || id == QLatin1String("R5"), qPrintable(id));
            QVERIFY(!one[QStringLiteral("examples")].toArray().isEmpty());
            ++found;
        }
        QCOMPARE(found > 0, code == 2);
        QCOMPARE(userCount(), QStringLiteral("0"));
    }

    void wrongStatementsAreNamedAndNothingIsLeft_data()
    {
        QTest::addColumn<QByteArray>("scenario");
        QTest::addColumn<QString>("member");
        QTest::addColumn<QString>("about");
        using Steps = std::vector<const char*>;
        const auto row = [](const char* name, const Steps& steps, const char* member,
                            const char* about) {
            QTest::newRow(name) << spendBy(steps) << QString::fromLatin1(member)
                                << QString::fromUtf8(about);
        };
        const char* const sound = "SELECT 1 AS a";
        const char* const first = "target.statements.spend.steps[0]";
        const char* const second = "target.statements.spend.steps[1]";
        row("syntax error", {sound, "SELEC 1"}, second, "SELECT");
        row("the server's syntax error", {sound, "SELECT FROM WHERE"}, second, "syntax error");
        row("missing placeholder", {"SELECT :balance"}, first, ":balance");
        row("wrong column type", {"SELECT 1 FROM platform.\"UserBalance\" WHERE balance = :key"},
            first, ":key is a text");
        row("two rows", {"SELECT generate_series(1, 2) AS n"}, first, "2 rows");
        row("missing table", {"SELECT 1 FROM platform.\"Credits\""}, first, "does not exist");
        row("leaves the transaction", {sound, "COMMIT"}, second, "transaction");
        row("sets the transaction", {"SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", sound}, first,
            "transaction");
        row("two statements", {"SELECT 1; SELECT 2"}, first, "one statement");
        QByteArray other = spendBy({sound});
        other.replace("\"operation\": \"spend\"", "\"operation\": \"topUp\"");
        QTest::newRow("an operation without statements")
            << other << QStringLiteral("target.statements.topUp") << QStringLiteral("its steps");
    }

    void wrongStatementsAreNamedAndNothingIsLeft()
    {
        QFETCH(const QByteArray, scenario);
        QFETCH(const QString, member);
        QFETCH(const QString, about);
        QFile::remove(path("w.json"));
        const Ended ended = run(written(scenario), {QStringLiteral("--json"), path("w.json")});
        COMPARE_CODE(ended, 64);
        QVERIFY2(ended.said().contains(member), ended.err.constData());
        QVERIFY2(ended.said().contains(about), ended.err.constData());
        QVERIFY(ended.out.isEmpty());
        QVERIFY2(!QFile::exists(path("w.json")), "a report of nothing");
        QCOMPARE(userCount(), QStringLiteral("0"));
    }

    void printsTheSchemaOfScenarioFiles()
    {
        const Ended ended =
            m_program->run({QStringLiteral("stress"), QStringLiteral("schema")}, 60'000);
        COMPARE_CODE(ended, 0);
        QFile shipped(QStringLiteral(TALLYSTICK_SOURCE_DIR "/resources/scenario.schema.json"));
        QVERIFY(shipped.open(QIODevice::ReadOnly));
        QCOMPARE(ended.json(), QJsonDocument::fromJson(shipped.readAll()).object());
        QCOMPARE(ended.json().value(QStringLiteral("$schema")).toString(),
                 QStringLiteral("https://json-schema.org/draft/2020-12/schema"));
    }

    void hasNoWayToChoose()
    {
        const Ended ended = run(written(builtin("own-sql-locked")),
                                {QStringLiteral("--way"), QStringLiteral("function")});
        COMPARE_CODE(ended, 64);
        QVERIFY2(ended.said().contains(QStringLiteral("target.statements")), ended.err.constData());
        const Ended unknown = run(QStringLiteral("exact-balance"),
                                  {QStringLiteral("--way"), QStringLiteral("statements")});
        COMPARE_CODE(unknown, 64);
    }

private:
    [[nodiscard]] Ended run(const QString& scenario, const QStringList& more) const
    {
        return m_program->run(
            QStringList{QStringLiteral("stress"), QStringLiteral("run"), scenario} + more, 240'000);
    }
    [[nodiscard]] QString path(const char* name) const
    {
        return m_program->home() + QLatin1Char('/') + QString::fromLatin1(name);
    }
    [[nodiscard]] QString written(const QByteArray& content) const
    {
        QFile file(path("own.json"));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write the scenario");
        return file.fileName();
    }
    [[nodiscard]] QString userCount() const
    {
        return sql(m_connection, QStringLiteral("select count(*) from platform.\"User\""));
    }
    std::unique_ptr<TestServer> m_server;
    Connection m_connection;
    std::unique_ptr<Program> m_program;
};

QTEST_GUILESS_MAIN(tst_CliOwnSql)
#include "tst_cliownsql.moc"
