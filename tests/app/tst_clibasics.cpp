// SPDX-License-Identifier: GPL-3.0-or-later
//! The program without a database: help, version, wrong usage, no display, nothing to connect to.
#include "tests/app/program.h"

#include <QtCore/QJsonArray>
#include <QtTest/QtTest>

using namespace tallystick;

class tst_CliBasics final : public QObject
{
    Q_OBJECT

private slots:
    void helpsWithoutDisplayOrDatabase();
    void answersItsVersion();
    void answersWrongUsageWith64_data();
    void answersWrongUsageWith64();
    void refusesArgumentsThatAreNotUtf8();
    void saysThatThereIsNoDisplay();
    void saysThatADisplayCannotBeReached_data();
    void saysThatADisplayCannotBeReached();
    void namesThePackageOfAMissingDriver();
    void namesThePackageOfAMissingServer();
    void answersAnUnreachableDatabaseWith4_data();
    void answersAnUnreachableDatabaseWith4();
    void tellsAMisreadConnectionFromAnUnreachableOne_data();
    void tellsAMisreadConnectionFromAnUnreachableOne();
    void looksAtThePicturesDirectoryBeforeItMakesALab_data();
    void looksAtThePicturesDirectoryBeforeItMakesALab();
    void takesTheConnectionFromTheEnvironment();
    void asksTheLabsOwnServerWhateverTheEnvironmentNames();
    void staysQuietInAForeignLocale();
    void noticesThatAResultIsLost();
};

void tst_CliBasics::helpsWithoutDisplayOrDatabase()
{
    const Program program;
    const Ended all = program.run(words("--help"));
    COMPARE_CODE(all, 0);
    QVERIFY(all.out.contains("tallystick stress suite"));
    QVERIFY2(all.err.isEmpty(), all.err.constData());
    const Ended one = program.run(words("top-up --help"));
    COMPARE_CODE(one, 0);
    QVERIFY(one.out.contains("--ceiling C"));
}

void tst_CliBasics::answersItsVersion()
{
    const Ended ended = Program().run(words("--version"));
    COMPARE_CODE(ended, 0);
    QVERIFY(QRegularExpression(QStringLiteral("^tallystick [0-9]+[.][0-9]+[.][0-9]+\n$"))
                .match(QString::fromUtf8(ended.out))
                .hasMatch());
}

void tst_CliBasics::answersWrongUsageWith64_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* line, const char* said) {
        QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(said);
    };
    row("frobnicate", "There is no verb \"frobnicate\"");
    row("top-up u abc --reason r", "\"abc\" is not a whole number of credits");
    row("top-up u 9223372036854775808 --reason r", "beyond what 64 bits hold");
    row("top-up u 5", "--reason TEXT is missing");
    row("doctor", "not available in this version");
    row("stress compare a", "B.json");
    row("stress run no-such-scenario", "There is no scenario \"no-such-scenario\"");
    row("stress run exact-balance --way combined", "not available in this version");
    row("stress run exact-balance --operations 7", "\"until\"");
    for (const char* verb : {"start", "stop", "status", "reset", "uri", "path"})
        row(qPrintable(
                QStringLiteral("--connection postgresql://h/d lab %1").arg(QLatin1String(verb))),
            "is about the lab's own server");
    row("reward u STEP 5 --key k", "The key of this posting is REWARD-u-STEP");
    row("reverse u k --reason r --key l", "The key of this posting is REVERSAL-k");
    row("activate u k --new-key l --key m", "here they differ");
    row("lab mark", "needs --connection");
    row("lab mark --connection postgresql://nowhere.invalid/x", "say --yes");
}

void tst_CliBasics::answersWrongUsageWith64()
{
    QFETCH(const QString, line);
    QFETCH(const QString, said);
    const Ended ended = Program().run(words(line.toUtf8().constData()));
    COMPARE_CODE(ended, 64);
    QVERIFY2(ended.said().contains(said), ended.err.constData());
    QVERIFY2(ended.out.isEmpty(), ended.out.constData());
}

void tst_CliBasics::refusesArgumentsThatAreNotUtf8()
{
    QProcess shell;
    shell.start(QStringLiteral("/bin/sh"),
                {QStringLiteral("-c"), QStringLiteral("exec \"$0\" balance \"$(printf '\\377')\""),
                 QStringLiteral(TALLYSTICK_BINARY)});
    const Ended ended = Program::ended(shell);
    COMPARE_CODE(ended, 64);
    QVERIFY(ended.said().contains(QStringLiteral("Argument 2 is not valid UTF-8")));
}

void tst_CliBasics::saysThatThereIsNoDisplay()
{
    const Ended ended = Program().run({});
    COMPARE_CODE(ended, 4);
    QVERIFY(ended.said().contains(QStringLiteral("There is no display")));
}

void tst_CliBasics::saysThatADisplayCannotBeReached_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("display");
    QTest::newRow("local") << QStringLiteral("DISPLAY") << QStringLiteral(":4711");
    QTest::newRow("nonsense") << QStringLiteral("DISPLAY") << QStringLiteral("none");
    QTest::newRow("port") << QStringLiteral("DISPLAY") << QStringLiteral("127.0.0.1:4711");
    QTest::newRow("wayland") << QStringLiteral("WAYLAND_DISPLAY") << QStringLiteral("nowhere-0");
}

void tst_CliBasics::saysThatADisplayCannotBeReached()
{
    QFETCH(const QString, variable);
    QFETCH(const QString, display);
    Program program;
    program.setVariable(variable, display);
    const Ended ended = program.run({});
    COMPARE_CODE(ended, 4);
    QVERIFY2(ended.said().contains(QStringLiteral("The display %1 cannot be reached").arg(display)),
             ended.err.constData());
}

void tst_CliBasics::namesThePackageOfAMissingDriver()
{
    // Qt looks for plugins beside the program too: without the system's there are none.
    QTemporaryDir directory;
    const QString copy = directory.filePath(QStringLiteral("tallystick"));
    QVERIFY(QFile::copy(QStringLiteral(TALLYSTICK_BINARY), copy));
    QFile conf(directory.filePath(QStringLiteral("qt.conf")));
    QVERIFY(conf.open(QIODevice::WriteOnly));
    conf.write("[Paths]\nPlugins=" + directory.path().toUtf8() + "/none\n");
    conf.close();
    QProcess process;
    process.start(copy, words("users --connection postgresql://nowhere.invalid/x"));
    const Ended ended = Program::ended(process);
    COMPARE_CODE(ended, 4);
    QVERIFY2(ended.said().contains(QStringLiteral("libqt6sql6-psql")), ended.err.constData());
}

void tst_CliBasics::namesThePackageOfAMissingServer()
{
    Program program;
    program.setVariable(QStringLiteral("TALLYSTICK_PG_BINDIR"), QStringLiteral("/nowhere"));
    const Ended ended = program.run({QStringLiteral("users"), QStringLiteral("--data"),
                                     program.home() + QStringLiteral("/lab")});
    COMPARE_CODE(ended, 4);
    QVERIFY2(ended.said().contains(QStringLiteral("package \"postgresql\"")),
             ended.err.constData());
}

void tst_CliBasics::answersAnUnreachableDatabaseWith4_data()
{
    QTest::addColumn<QString>("line");
    for (const char* line :
         {"users", "users --json", "user show u", "user create u", "balance u", "history u",
          "verify --all", "verify u --json", "top-up u 5 --reason r", "spend u 5 --json",
          "reward u S 5", "refund u p 5 --reason r", "reverse u k --reason r", "activate u k",
          "lab seed --users 1 --transactions 1", "lab mark --yes", "stress run exact-balance",
          "stress suite", "stress controls"})
        QTest::newRow(line) << QString::fromUtf8(line);
}

void tst_CliBasics::answersAnUnreachableDatabaseWith4()
{
    QFETCH(const QString, line);
    const Program program(
        {QStringLiteral("--connection"), QStringLiteral("postgresql://u@/x?host=/nowhere")});
    const Ended ended = program.run(words(line.toUtf8().constData()));
    COMPARE_CODE(ended, 4);
    QVERIFY2(ended.said().contains(QStringLiteral("cannot be reached")), ended.err.constData());
    if (!line.contains(QStringLiteral("--json")))
        return;
    const QJsonObject failed = ended.json().value(QStringLiteral("failed")).toObject();
    QCOMPARE(failed.value(QStringLiteral("name")).toString(), QStringLiteral("Unreachable"));
    const QString sentence = failed.value(QStringLiteral("sentence")).toString();
    QVERIFY2(sentence.endsWith(QLatin1Char('.')) && !sentence.contains(QStringLiteral("/nowhere")),
             qPrintable(sentence));
    QVERIFY(
        failed.value(QStringLiteral("technical")).toString().contains(QStringLiteral("/nowhere")));
}

void tst_CliBasics::tellsAMisreadConnectionFromAnUnreachableOne_data()
{
    QTest::addColumn<QString>("connection");
    QTest::addColumn<QString>("named");
    QTest::newRow("port") << QStringLiteral("postgresql://x:port/d") << QStringLiteral("port");
    QTest::newRow("large port") << QStringLiteral("host=x port=70000") << QStringLiteral("70000");
    QTest::newRow("parameter") << QStringLiteral("postgresql://h/d?nope=1")
                               << QStringLiteral("nope");
    QTest::newRow("bracket") << QStringLiteral("postgresql://[bad/d") << QStringLiteral("[bad");
    QTest::newRow("no URI") << QStringLiteral("foo:bar") << QStringLiteral("foo:bar");
}

void tst_CliBasics::tellsAMisreadConnectionFromAnUnreachableOne()
{
    QFETCH(const QString, connection);
    QFETCH(const QString, named);
    const Program program({QStringLiteral("--connection"), connection});
    for (const char* line :
         {"users", "spend u 5", "verify --all", "stress run exact-balance", "stress suite"}) {
        const Ended ended = program.run(words(line));
        COMPARE_CODE(ended, 64);
        QVERIFY2(ended.said().contains(QStringLiteral("can be understood")) &&
                     ended.said().contains(named),
                 ended.err.constData());
        QVERIFY(!ended.said().contains(QStringLiteral("cannot be reached")));
        QCOMPARE(ended.err.count("No server was asked"), 1);
    }
    const Ended json = program.run(words("users --json"));
    QCOMPARE(json.json().value(QStringLiteral("failed"))[QStringLiteral("name")].toString(),
             QStringLiteral("ConnectionMisread"));
}

void tst_CliBasics::looksAtThePicturesDirectoryBeforeItMakesALab_data()
{
    QTest::addColumn<QString>("output");
    QTest::newRow("a file") << QStringLiteral(TALLYSTICK_BINARY);
    QTest::newRow("below a file") << QStringLiteral(TALLYSTICK_BINARY "/pictures");
    QTest::newRow("not for files") << QStringLiteral("/proc");
}

void tst_CliBasics::looksAtThePicturesDirectoryBeforeItMakesALab()
{
    QFETCH(const QString, output);
    const Program program;
    const QString lab = program.home() + QStringLiteral("/lab");
    const Ended ended = program.run({QStringLiteral("pictures"), QStringLiteral("--output"), output,
                                     QStringLiteral("--data"), lab});
    COMPARE_CODE(ended, 4);
    QVERIFY2(ended.said().contains(output), ended.err.constData());
    QVERIFY2(!QFileInfo::exists(lab), "it made a lab first");
}

void tst_CliBasics::takesTheConnectionFromTheEnvironment()
{
    Program program;
    program.setVariable(QStringLiteral("TALLYSTICK_CONNECTION"),
                        QStringLiteral("postgresql://u@/x?host=/elsewhere"));
    const Ended ended = program.run(words("users"));
    COMPARE_CODE(ended, 4);
    QVERIFY2(ended.said().contains(QStringLiteral("/elsewhere")), ended.err.constData());
}

void tst_CliBasics::asksTheLabsOwnServerWhateverTheEnvironmentNames()
{
    Program program;
    program.setVariable(QStringLiteral("TALLYSTICK_CONNECTION"),
                        QStringLiteral("postgresql://u@/x?host=/elsewhere"));
    COMPARE_CODE(program.run(words("lab status")), 1);
    COMPARE_CODE(program.run(words("lab stop")), 0);
    COMPARE_CODE(program.run(words("--connection lab lab path")), 0);
}

void tst_CliBasics::staysQuietInAForeignLocale()
{
    Program program;
    program.setVariable(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    program.setVariable(QStringLiteral("LANG"), QStringLiteral("C"));
    const Ended ended = program.run(words("stress list --json"));
    COMPARE_CODE(ended, 0);
    QVERIFY2(ended.err.isEmpty(), ended.err.constData());
    QVERIFY(!ended.json().value(QStringLiteral("scenarios")).toArray().isEmpty());
}

void tst_CliBasics::noticesThatAResultIsLost()
{
    QProcess process;
    process.setStandardOutputFile(QStringLiteral("/dev/full"));
    process.start(QStringLiteral(TALLYSTICK_BINARY), words("stress list"));
    const Ended ended = Program::ended(process);
    COMPARE_CODE(ended, 4);
    QVERIFY(ended.said().contains(QStringLiteral("could not be written")));
}

QTEST_GUILESS_MAIN(tst_CliBasics)
#include "tst_clibasics.moc"
