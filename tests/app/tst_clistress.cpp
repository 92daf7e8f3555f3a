// SPDX-License-Identifier: GPL-3.0-or-later
//! The stress lab by its verbs: verdicts, reports, Ctrl+C, and files that are wrong.
#include "tests/app/program.h"
#include "tests/support/testserver.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QXmlStreamReader>
#include <QtTest/QtTest>

#include <csignal>
#include <sys/stat.h>

using namespace tallystick;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A scenario that runs until it is stopped, for a tenth of a minute at most.
QByteArray longScenario()
{
    return R"({ "name": "long", "users": { "count": 3, "openingBalance": 100000 },
                "mix": [ { "operation": "spend", "weight": 1, "amount": { "min": 1, "max": 2 } } ],
                "load": { "model": "closed", "clients": 4 }, "until": { "seconds": 60 } })";
}

} // namespace

class tst_CliStress final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void passesAScenarioAndLeavesItsReports();
    void comparesTwoRuns();
    void repeatsARunFromItsOwnReport();
    void anOpenLoadComesAtItsRate();
    void passesTheSuite();
    void catchesEveryControl();
    void stopsAtASignalAndStillJudges();
    void judgesUnknownWhenTheServerDies();
    void refusesAWrongFileByTheMember_data();
    void refusesAWrongFileByTheMember();
    void detectsAnUnwritableReportBeforeItRuns();
    void replacesNothingButARegularFile();
    void keepsTheRunsCustomersOnlyWhenAsked();

private:
    [[nodiscard]] Ended run(const QStringList& arguments) const
    {
        return m_program->run(arguments, 240'000);
    }
    [[nodiscard]] QString path(const char* name) const
    {
        return m_program->home() + QLatin1Char('/') + QString::fromLatin1(name);
    }
    [[nodiscard]] QString written(const char* name, const QByteArray& content) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", name);
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

void tst_CliStress::initTestCase()
{
    m_server = std::make_unique<TestServer>();
    m_connection = m_server->createDatabase();
    m_program =
        std::make_unique<Program>(QStringList{QStringLiteral("--connection"), m_connection.uri});
}

void tst_CliStress::passesAScenarioAndLeavesItsReports()
{
    const Ended ended =
        run(words("stress run concurrent-spends --way row-lock --seed 5") +
            QStringList{QStringLiteral("--json"), path("a.json"), QStringLiteral("--html"),
                        path("a.html"), QStringLiteral("--junit"), path("a.xml"),
                        QStringLiteral("--hlog"), path("a.hlog"), QStringLiteral("--csv"),
                        path("a.csv")});
    COMPARE_CODE(ended, 0);
    QVERIFY2(ended.out.startsWith("PASS "), ended.out.constData());
    QVERIFY2(ended.err.isEmpty(), ended.err.constData());
    const QJsonObject json = QJsonDocument::fromJson(contentOf(path("a.json"))).object();
    QCOMPARE(json.value(QStringLiteral("tallystick")).toInt(), 1);
    QCOMPARE(json.value(QStringLiteral("verdict")).toString(), QStringLiteral("pass"));
    QCOMPARE(json.value(QStringLiteral("seed")).toInt(), 5);
    QCOMPARE(json.value(QStringLiteral("interrupted")).toBool(true), false);
    QCOMPARE(json.value(QStringLiteral("outcomes"))[QStringLiteral("ok")].toInt(), 10);
    QVERIFY(json.value(QStringLiteral("invariants")).toArray().size() >= 7);
    QVERIFY(contentOf(path("a.html")).contains("concurrent-spends"));
    QXmlStreamReader xml(contentOf(path("a.xml")));
    while (!xml.atEnd())
        xml.readNext();
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(contentOf(path("a.hlog")).contains("\nTag=response,0."));
    const QList<QByteArray> table = contentOf(path("a.csv")).split('\n');
    QVERIFY(table.first().startsWith("at_s,length_s,offered,ok,"));
    QCOMPARE(table.size() - 2, json.value(QStringLiteral("series")).toArray().size());
    QCOMPARE(table[1].count(','), table.first().count(','));
    QCOMPARE(userCount(), QStringLiteral("0"));
}

void tst_CliStress::comparesTwoRuns()
{
    COMPARE_CODE(run(words("stress run concurrent-spends --way row-lock --seed 5 --quiet --json") +
                     QStringList{path("one.json")}),
                 0);
    COMPARE_CODE(run(words("stress run concurrent-spends --way function --seed 5 --quiet --json") +
                     QStringList{path("two.json")}),
                 0);
    const QStringList compare{QStringLiteral("stress"), QStringLiteral("compare")};
    const Ended ended =
        run(compare + QStringList{path("one.json"), path("two.json"), QStringLiteral("--json"),
                                  path("c.json"), QStringLiteral("--html"), path("c.html")});
    COMPARE_CODE(ended, 0);
    QVERIFY2(ended.out.contains("row-lock"), ended.out.constData());
    QVERIFY(ended.out.contains("One run each proves no difference"));
    const QJsonObject json = QJsonDocument::fromJson(contentOf(path("c.json"))).object();
    QCOMPARE(json.value(QStringLiteral("differences")).toArray().size(), 1); // the same operations
    QVERIFY(json.value(QStringLiteral("numbers")).toArray().size() > 5);
    QXmlStreamReader page(contentOf(path("c.html")));
    while (!page.atEnd())
        page.readNext();
    QVERIFY2(!page.hasError(), qPrintable(page.errorString()));
    COMPARE_CODE(run(compare + QStringList{path("one.json"), path("none.json")}), 4);
    const Ended wrong =
        run(compare + QStringList{path("one.json"), written("wrong.json", "{\"tallystick\": 1}")});
    COMPARE_CODE(wrong, 64);
    QVERIFY2(wrong.err.contains("\"verdict\": expected one of"), wrong.err.constData());
}

void tst_CliStress::repeatsARunFromItsOwnReport()
{
    const auto hashOf = [this](const QStringList& arguments) {
        const Ended ended = run(arguments + QStringList{QStringLiteral("--json"), path("r.json")});
        return ended.code == 0 ? QJsonDocument::fromJson(contentOf(path("r.json"))).object()
                               : QJsonObject();
    };
    const QJsonObject first =
        hashOf(words("stress run high-concurrency --seed 11 --clients 20 --way row-lock"));
    const QString file = written(
        "again.json", QJsonDocument(first.value(QStringLiteral("scenario")).toObject()).toJson());
    const QJsonObject second = hashOf({QStringLiteral("stress"), QStringLiteral("run"), file});
    const QString hash = QStringLiteral("operationsHash");
    QVERIFY(!first.value(hash).toString().isEmpty());
    QCOMPARE(second.value(hash).toString(), first.value(hash).toString());
    const QJsonObject other = hashOf(words("stress run high-concurrency --seed 12 --clients 20"));
    QVERIFY(other.value(hash).toString() != first.value(hash).toString());
}

void tst_CliStress::anOpenLoadComesAtItsRate()
{
    const Ended ended = run(words("stress run hot-customer --rate 100 --seconds 2 --clients 4") +
                            QStringList{QStringLiteral("--json"), path("open.json")});
    COMPARE_CODE(ended, 0);
    const QJsonObject report = QJsonDocument::fromJson(contentOf(path("open.json"))).object();
    QCOMPARE(report.value(QStringLiteral("model")).toString(), QStringLiteral("open"));
    const QJsonObject outcomes = report.value(QStringLiteral("outcomes")).toObject();
    QCOMPARE(outcomes.value(QStringLiteral("issued")).toInt(), 200);
    QVERIFY2(ended.out.contains("\n  lag "), ended.out.constData());
    // What the mix makes wait for others has no intended time.
    const Ended refused = run(words("stress run duplicate-key --rate 100"));
    COMPARE_CODE(refused, 64);
    QVERIFY2(refused.said().contains(QStringLiteral("\"load.model\"")), refused.err.constData());
}

void tst_CliStress::passesTheSuite()
{
    const Ended ended = run(words("stress suite --quiet --json") + QStringList{path("s.json")});
    COMPARE_CODE(ended, 0);
    const QJsonObject json = QJsonDocument::fromJson(contentOf(path("s.json"))).object();
    QCOMPARE(json.value(QStringLiteral("verdict")).toString(), QStringLiteral("pass"));
    QStringList names;
    for (const QJsonValue one : json.value(QStringLiteral("runs")).toArray())
        names
            << one[QStringLiteral("scenario")][QStringLiteral("name")].toString() +
                   QLatin1Char('/') +
                   one[QStringLiteral("scenario")][QStringLiteral("target")][QStringLiteral("way")]
                       .toString();
    QCOMPARE(names.size(), 41);
    QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), 41);
    QVERIFY(names.contains(QStringLiteral("cold-start/row-lock")));
    QVERIFY(names.contains(QStringLiteral("reversal-once/function")));
    QVERIFY(names.contains(QStringLiteral("own-sql-locked/statements")));
}

void tst_CliStress::catchesEveryControl()
{
    const Ended ended = run(words("stress controls --quiet --json") + QStringList{path("c.json")});
    COMPARE_CODE(ended, 0);
    const QJsonObject json = QJsonDocument::fromJson(contentOf(path("c.json"))).object();
    QSet<QString> faults;
    QSet<QString> own; // scenarios whose statements are the fault
    for (const QJsonValue one : json.value(QStringLiteral("controls")).toArray()) {
        QVERIFY(one[QStringLiteral("failedAsNamed")].toBool());
        QCOMPARE(one[QStringLiteral("report")][QStringLiteral("verdict")].toString(),
                 QStringLiteral("violated"));
        if (one[QStringLiteral("fault")].isNull())
            own << one[QStringLiteral("scenario")].toString();
        else
            faults << one[QStringLiteral("fault")].toString();
    }
    QCOMPARE(faults.size(), 12);
    QCOMPARE(own,
             QSet<QString>({QStringLiteral("own-sql-racy"), QStringLiteral("own-sql-cold-start")}));
}

void tst_CliStress::stopsAtASignalAndStillJudges()
{
    const QString file = written("long.json", longScenario());
    const auto process = m_program->start({QStringLiteral("stress"), QStringLiteral("run"), file,
                                           QStringLiteral("--json"), path("stopped.json")});
    QVERIFY(QTest::qWaitFor(
        [this] {
            return sql(m_connection, QStringLiteral("select count(*) from "
                                                    "platform.\"CreditTransaction\""))
                       .toInt() > 50;
        },
        30'000));
    QCOMPARE(::kill(pid_t(process->processId()), SIGINT), 0);
    const Ended ended = Program::ended(*process);
    QVERIFY2(ended.code == 0 || ended.code == 3, ended.all().constData());
    const QJsonObject json = QJsonDocument::fromJson(contentOf(path("stopped.json"))).object();
    QVERIFY(json.value(QStringLiteral("interrupted")).toBool());
    QVERIFY(json.value(QStringLiteral("seconds")).toDouble() < 30);
    QVERIFY(json.value(QStringLiteral("outcomes"))[QStringLiteral("ok")].toInt() > 50);
    QVERIFY(json.value(QStringLiteral("verdict")).toString() != QStringLiteral("violated"));
    QCOMPARE(userCount(), QStringLiteral("0"));
}

void tst_CliStress::judgesUnknownWhenTheServerDies()
{
    const QString file = written("long.json", longScenario());
    const auto process = m_program->start({QStringLiteral("stress"), QStringLiteral("run"), file,
                                           QStringLiteral("--seconds"), QStringLiteral("6"),
                                           QStringLiteral("--quiet")});
    QVERIFY(QTest::qWaitFor(
        [this] {
            return sql(m_connection, QStringLiteral("select count(*) from "
                                                    "platform.\"CreditTransaction\""))
                       .toInt() > 50;
        },
        30'000));
    m_server->kill();
    const Ended ended = Program::ended(*process, 120'000);
    m_server->restart();
    // Down is not wrong: the verdict is unknown, or there is none as nobody can be asked.
    QVERIFY2(ended.code == 3 || ended.code == 4, ended.all().constData());
    QVERIFY(!ended.out.contains("VIOLATED"));
    m_connection = m_server->createDatabase();
    m_program =
        std::make_unique<Program>(QStringList{QStringLiteral("--connection"), m_connection.uri});
}

void tst_CliStress::refusesAWrongFileByTheMember_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("named");
    QTest::newRow("no JSON") << QByteArray("{ not json") << QStringLiteral("JSON object");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("JSON object");
    QTest::newRow("another member") << longScenario().replace("\"mix\"", "\"wishes\": 1, \"mix\"")
                                    << QStringLiteral("\"wishes\"");
    QTest::newRow("a word for a number") << longScenario().replace("\"min\": 1", "\"min\": \"one\"")
                                         << QStringLiteral("\"mix[0].amount.min\"");
    QTest::newRow("no such operation") << longScenario().replace("\"spend\"", "\"steal\"")
                                       << QStringLiteral("\"mix[0].operation\"");
    QTest::newRow("no clients") << longScenario().replace("\"clients\": 4", "\"clients\": 0")
                                << QStringLiteral("\"load.clients\"");
}

void tst_CliStress::refusesAWrongFileByTheMember()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QString, named);
    const Ended ended =
        run({QStringLiteral("stress"), QStringLiteral("run"), written("wrong.json", content)});
    COMPARE_CODE(ended, 64);
    QVERIFY2(ended.said().contains(named), ended.err.constData());
    QCOMPARE(userCount(), QStringLiteral("0"));
}

void tst_CliStress::detectsAnUnwritableReportBeforeItRuns()
{
    const QString nowhere = path("nowhere/report");
    for (const char* option : {"--json", "--html", "--junit"}) {
        const Ended ended =
            run({QStringLiteral("stress"), QStringLiteral("run"),
                 QStringLiteral("concurrent-spends"), QString::fromLatin1(option), nowhere});
        COMPARE_CODE(ended, 4);
        QVERIFY2(ended.said().contains(nowhere), ended.err.constData());
        QVERIFY2(ended.out.isEmpty(), "it ran");
    }
    COMPARE_CODE(run({QStringLiteral("stress"), QStringLiteral("run"), path("missing.json")}), 4);
}

void tst_CliStress::replacesNothingButARegularFile()
{
    QVERIFY(QDir().mkpath(path("directory")));
    QCOMPARE(::mkfifo(QFile::encodeName(path("fifo")).constData(), 0600), 0);
    for (const QString& target : {path("directory"), path("fifo"), QStringLiteral("/dev/null")}) {
        struct stat before
        {
        };
        QCOMPARE(::stat(QFile::encodeName(target).constData(), &before), 0);
        for (const char* option : {"--json", "--html", "--junit"}) {
            const Ended ended =
                run({QStringLiteral("stress"), QStringLiteral("run"),
                     QStringLiteral("concurrent-spends"), QString::fromLatin1(option), target});
            COMPARE_CODE(ended, 4);
            QVERIFY2(ended.said().contains(target) &&
                         ended.said().contains(QStringLiteral("not a regular file")),
                     ended.err.constData());
            QVERIFY2(ended.out.isEmpty(), "it ran");
        }
        struct stat after
        {
        };
        QCOMPARE(::stat(QFile::encodeName(target).constData(), &after), 0);
        QCOMPARE(after.st_ino, before.st_ino);
        QCOMPARE(after.st_mode, before.st_mode);
    }
}

void tst_CliStress::keepsTheRunsCustomersOnlyWhenAsked()
{
    COMPARE_CODE(run(words("stress run exact-balance")), 0);
    QCOMPARE(userCount(), QStringLiteral("0"));
    const Ended kept = run(words("stress run exact-balance --keep-users"));
    COMPARE_CODE(kept, 0);
    QCOMPARE(userCount(), QStringLiteral("1"));
    COMPARE_CODE(run(words("verify --all")), 0);
}

QTEST_GUILESS_MAIN(tst_CliStress)
#include "tst_clistress.moc"
