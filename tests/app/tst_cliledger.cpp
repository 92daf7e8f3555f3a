// SPDX-License-Identifier: GPL-3.0-or-later
//! Looking by the verbs, and every refusal, on a real ledger: results, exit codes, JSON, bad input.
#include "tests/app/program.h"
#include "tests/support/testserver.h"

#include <QtCore/QJsonArray>
#include <QtTest/QtTest>

using namespace tallystick;

class tst_CliLedger final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void tellsRefusalsByNameCodeAndSentence_data();
    void tellsRefusalsByNameCodeAndSentence();
    void refusesIdsThatCannotBeIds_data();
    void refusesIdsThatCannotBeIds();
    void takesIdsOfAnyLanguage_data();
    void takesIdsOfAnyLanguage();
    void listsAndPagesCustomers();
    void pagesAHistoryInEveryFormat();
    void answersTheBalanceOfAnInstant();
    void refusesToAttackADatabaseWithoutTheMarker();
    void marksAnEmptyDatabaseAsALab();

private:
    [[nodiscard]] Ended run(const char* line) const { return m_program->run(words(line)); }
    [[nodiscard]] Ended run(const QStringList& arguments) const
    {
        return m_program->run(arguments);
    }
    [[nodiscard]] qint64 rowCount() const
    {
        return sql(m_connection,
                   QStringLiteral("select count(*) from platform.\"CreditTransaction\""))
            .toLongLong();
    }
    std::unique_ptr<TestServer> m_server;
    Connection m_connection;
    std::unique_ptr<Program> m_program;
};

void tst_CliLedger::initTestCase()
{
    m_server = std::make_unique<TestServer>();
}

void tst_CliLedger::init()
{
    m_connection = m_server->createDatabase();
    m_program =
        std::make_unique<Program>(QStringList{QStringLiteral("--connection"), m_connection.uri});
    COMPARE_CODE(run("user create ann --email ann@example.com --name Ann"), 0);
}

void tst_CliLedger::tellsRefusalsByNameCodeAndSentence_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* line, const char* name, const char* code,
                        const char* sentence) {
        QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(name)
                            << QString::fromUtf8(code) << QString::fromUtf8(sentence);
    };
    row("spend ann 2000 --json", "CreditsInsufficient", "LG002",
        "Insufficient balance of $10.00, where this will cost $20.00");
    row("top-up ann 200 --ceiling 800 --reason r --json", "CeilingReached", "LG003",
        "You already have enough balance of $10.00, top-up is not required when you already have "
        "at least $8.00");
    row("top-up bob 5 --reason r --json", "UserUnknown", "LG001", "User bob not found");
    row("spend bob 5 --json", "UserUnknown", "LG001", "User bob not found");
    row("balance bob --json", "UserUnknown", "LG001", "User bob not found");
    row("history bob --json", "UserUnknown", "LG001", "User bob not found");
    row("user show bob --json", "UserUnknown", "LG001", "User bob not found");
    row("verify bob --json", "UserUnknown", "LG001", "User bob not found");
    row("top-up ann 0 --reason r --json", "AmountInvalid", "LG011", "makes no sense here");
    row("top-up ann -5 --reason r --json", "AmountInvalid", "LG011", "makes no sense here");
    row("spend ann -5 --json", "AmountInvalid", "LG011", "An amount of \xe2\x88\x92$0.05");
    row("spend ann -9223372036854775808 --json", "AmountInvalid", "LG011",
        "\xe2\x88\x92$92,233,720,368,547,758.08");
    row("reward ann STEP 0 --json", "AmountInvalid", "LG011", "makes no sense here");
    row("reward ann STEP -5 --json", "AmountInvalid", "LG011", "makes no sense here");
    row("refund ann pay -5 --reason r --json", "AmountInvalid", "LG011",
        "An amount of \xe2\x88\x92$0.05");
    row("refund ann pay 0 --reason r --json", "AmountInvalid", "LG011", "An amount of $0.00");
    row("refund ann pay -9223372036854775808 --reason r --json", "AmountInvalid", "LG011",
        "\xe2\x88\x92$92,233,720,368,547,758.08");
    row("refund ann pay 1001 --reason r --json", "RefundExceedsPayment", "LG008",
        "would exceed the payment");
    row("refund ann none 5 --reason r --json", "TransactionUnknown", "LG009", "not found");
    row("reverse ann none --reason r --json", "TransactionUnknown", "LG009", "not found");
    row("activate ann pay --json", "AlreadyActive", "LG006", "already active");
    row("user create ann --json", "UserExists", "LG014", "already exists");
}

void tst_CliLedger::tellsRefusalsByNameCodeAndSentence()
{
    QFETCH(const QString, line);
    QFETCH(const QString, name);
    QFETCH(const QString, code);
    QFETCH(const QString, sentence);
    COMPARE_CODE(run("top-up ann 1000 --reason r --key pay"), 0);
    const Ended ended = m_program->run(words(line.toUtf8().constData()));
    COMPARE_CODE(ended, 1);
    const QJsonObject refused = ended.json().value(QStringLiteral("refused")).toObject();
    QCOMPARE(refused.value(QStringLiteral("name")).toString(), name);
    QCOMPARE(refused.value(QStringLiteral("code")).toString(), code);
    QVERIFY2(ended.said().contains(sentence), ended.err.constData());
    QCOMPARE(rowCount(), 1);
    QCOMPARE(run("balance ann").out, QByteArray("1000\n"));
}

void tst_CliLedger::refusesIdsThatCannotBeIds_data()
{
    QTest::addColumn<QStringList>("arguments");
    const QString empty;
    const QString huge(10'000, QLatin1Char('x'));
    const QString control = QStringLiteral("a\nb");
    for (const QString& id : {empty, huge, control}) {
        const QByteArray name = id.isEmpty() ? "empty"
                                : id == huge ? "10,000 characters"
                                             : "control";
        const auto row = [&name](const char* verb, const QStringList& arguments) {
            QTest::newRow((QByteArray(verb) + ", " + name).constData()) << arguments;
        };
        row("create", {QStringLiteral("user"), QStringLiteral("create"), id});
        row("show", {QStringLiteral("user"), QStringLiteral("show"), id});
        row("balance", {QStringLiteral("balance"), id});
        row("history", {QStringLiteral("history"), id});
        row("verify", {QStringLiteral("verify"), id});
        row("spend", {QStringLiteral("spend"), id, QStringLiteral("5")});
        row("key", {QStringLiteral("spend"), QStringLiteral("ann"), QStringLiteral("5"),
                    QStringLiteral("--key"), id});
        row("step", {QStringLiteral("reward"), QStringLiteral("ann"), id, QStringLiteral("5")});
        row("reverse", {QStringLiteral("reverse"), QStringLiteral("ann"), id,
                        QStringLiteral("--reason"), QStringLiteral("r")});
        row("new key", {QStringLiteral("activate"), QStringLiteral("ann"), QStringLiteral("k"),
                        QStringLiteral("--new-key"), id});
    }
}

void tst_CliLedger::refusesIdsThatCannotBeIds()
{
    QFETCH(const QStringList, arguments);
    const Ended ended = run(arguments + QStringList{QStringLiteral("--json")});
    COMPARE_CODE(ended, 1);
    QCOMPARE(ended.json().value(QStringLiteral("refused"))[QStringLiteral("name")].toString(),
             QStringLiteral("IdInvalid"));
    QVERIFY(ended.err.size() < 500);
    QCOMPARE(rowCount(), 0);
}

void tst_CliLedger::takesIdsOfAnyLanguage_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("quotes") << QStringLiteral("o'hara \"x\" \\ ; drop table");
    QTest::newRow("emoji") << QStringLiteral("👩‍🚀🎉");
    QTest::newRow("right to left") << QStringLiteral("مريم");
    QTest::newRow("like an option") << QStringLiteral("--json");
    QTest::newRow("percent") << QStringLiteral("%1%_$1:user");
}

void tst_CliLedger::takesIdsOfAnyLanguage()
{
    QFETCH(const QString, id);
    const QString dashes = QStringLiteral("--");
    COMPARE_CODE(run({QStringLiteral("user"), QStringLiteral("create"), dashes, id}), 0);
    COMPARE_CODE(run({QStringLiteral("top-up"), QStringLiteral("--reason"),
                      QStringLiteral("it's \"so\" 🎉"), dashes, id, QStringLiteral("5")}),
                 0);
    QCOMPARE(run({QStringLiteral("balance"), dashes, id}).out, QByteArray("5\n"));
    const Ended shown = run({QStringLiteral("history"), QStringLiteral("--json"), dashes, id});
    QCOMPARE(shown.json().value(QStringLiteral("user")).toString(), id);
    QCOMPARE(shown.json()
                 .value(QStringLiteral(
                     "transactions"))[0][QStringLiteral("metadata")][QStringLiteral("reason")]
                 .toString(),
             QStringLiteral("it's \"so\" 🎉"));
}

void tst_CliLedger::listsAndPagesCustomers()
{
    for (const char* line : {"user create bob --email bob@example.com",
                             "user create cleo --email cleo@example.com --no-balance-row"})
        COMPARE_CODE(run(line), 0);
    QStringList seen;
    QString cursor;
    for (int page = 0; page < 3; ++page) {
        QStringList arguments = words("users --limit 1 --json");
        if (!cursor.isEmpty())
            arguments << QStringLiteral("--after") << cursor;
        const QJsonObject json = run(arguments).json();
        const QJsonArray users = json.value(QStringLiteral("users")).toArray();
        QCOMPARE(users.size(), 1);
        seen << users[0][QStringLiteral("id")].toString();
        cursor = json.value(QStringLiteral("next")).toString();
    }
    seen.sort();
    QCOMPARE(seen.join(QLatin1Char(' ')), QStringLiteral("ann bob cleo"));
    const QJsonObject found = run("users --search bob@ex --json").json();
    QCOMPARE(found.value(QStringLiteral("users")).toArray().size(), 1);
    QVERIFY(run("users").out.contains("cleo@example.com"));
    const QJsonObject cleo = run("user show cleo --json").json();
    QCOMPARE(cleo.value(QStringLiteral("user"))[QStringLiteral("hasBalanceRow")].toBool(true),
             false);
    QVERIFY(run("user show ann").out.contains("ann@example.com"));
}

void tst_CliLedger::pagesAHistoryInEveryFormat()
{
    for (const char* line :
         {"top-up ann 700 --reason =1+1 --key a", "spend ann 100 --key b", "reward ann STEP 5"})
        COMPARE_CODE(run(line), 0);
    const Ended first = run("history ann --limit 2 --json");
    COMPARE_CODE(first, 0);
    QCOMPARE(first.json().value(QStringLiteral("transactions")).toArray().size(), 2);
    const QString cursor = first.json().value(QStringLiteral("next")).toString();
    const Ended second = run({QStringLiteral("history"), QStringLiteral("ann"),
                              QStringLiteral("--json"), QStringLiteral("--before"), cursor});
    const QJsonArray rest = second.json().value(QStringLiteral("transactions")).toArray();
    QCOMPARE(rest.size(), 1);
    QCOMPARE(rest[0][QStringLiteral("key")].toString(), QStringLiteral("a"));
    QVERIFY(second.json().value(QStringLiteral("next")).isNull());
    const Ended usage = run("history ann --type USAGE --csv");
    const QList<QByteArray> lines = usage.out.split('\n');
    QVERIFY(lines[0].startsWith("createdAt,type,amount,runningBalance"));
    QVERIFY2(lines[1].contains(",USAGE,-100,600,yes,2,b,"), lines[1].constData());
    QCOMPARE(lines.size(), 3);
    const Ended text = run("history ann --limit 2");
    QVERIFY(text.said().contains(QStringLiteral("There is more: --before ")));
    QVERIFY(text.out.contains("REWARD-ann-STEP"));
}

void tst_CliLedger::answersTheBalanceOfAnInstant()
{
    COMPARE_CODE(run("top-up ann 700 --reason r --key a"), 0);
    const QJsonObject row = run("history ann --json").json();
    const QString at =
        row.value(QStringLiteral("transactions"))[0][QStringLiteral("createdAt")].toString();
    QTest::qWait(5);
    COMPARE_CODE(run("spend ann 100"), 0);
    QCOMPARE(
        run({QStringLiteral("balance"), QStringLiteral("ann"), QStringLiteral("--at"), at}).out,
        QByteArray("700\n"));
    QCOMPARE(run("balance ann --at 2020-01-01").out, QByteArray("0\n"));
    QCOMPARE(run("balance ann").out, QByteArray("600\n"));
    QCOMPARE(run("balance ann --json").json().value(QStringLiteral("balance")).toInt(), 600);
}

void tst_CliLedger::refusesToAttackADatabaseWithoutTheMarker()
{
    const Program stranger({QStringLiteral("--connection"), m_server->createEmptyDatabase().uri});
    for (const char* line : {"stress run exact-balance", "lab seed --users 1 --transactions 1"}) {
        const Ended ended = stranger.run(words(line));
        COMPARE_CODE(ended, 4);
        QVERIFY2(ended.said().contains(QStringLiteral("not marked as a lab")),
                 ended.err.constData());
    }
}

void tst_CliLedger::marksAnEmptyDatabaseAsALab()
{
    const Program program({QStringLiteral("--connection"), m_server->createEmptyDatabase().uri});
    COMPARE_CODE(program.run(words("users")), 4);
    COMPARE_CODE(program.run(words("lab mark")), 64);
    COMPARE_CODE(program.run(words("users")), 4);
    COMPARE_CODE(program.run(words("lab mark --yes")), 0);
    COMPARE_CODE(program.run(words("lab mark --yes")), 0);
    COMPARE_CODE(program.run(words("stress run exact-balance --quiet")), 0);
}

QTEST_GUILESS_MAIN(tst_CliLedger)
#include "tst_cliledger.moc"
