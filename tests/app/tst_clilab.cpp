// SPDX-License-Identifier: GPL-3.0-or-later
//! The lab by its verbs: started, used, crashed, seeded, stopped, set aside.
#include "app/labuse.h"
#include "tests/app/program.h"

#include <QtCore/QJsonArray>
#include <QtTest/QtTest>

#include <csignal>

using namespace tallystick;

class tst_CliLab final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void saysThatThereIsNoneYet();
    void startsWhenNeededAndStopsAfterwards();
    void staysOnceStartedUntilStopped();
    void comesBackAfterItsServerWasKilled();
    void findsExactlyThePlantedCrimes();
    void seedsTheSameAgain();
    void drawsPicturesOfEveryView();
    void respectsWhoUsesIt_data();
    void respectsWhoUsesIt();
    void tellsOfDamageAndTheWayOut_data();
    void tellsOfDamageAndTheWayOut();
    void setsTheDirectoryAside();
    void saysWhatIsWrongWithADirectoryItCannotUse();
    void livesInTheDataDirectoryOfTheDesktop();

private:
    [[nodiscard]] Ended run(const char* line) const { return m_program->run(words(line)); }
    [[nodiscard]] QString state() const
    {
        return run("lab status --json").json().value(QStringLiteral("state")).toString();
    }
    [[nodiscard]] QString directory() const { return m_home.home() + QStringLiteral("/lab"); }
    Program m_home;
    std::unique_ptr<Program> m_program;
};

void tst_CliLab::initTestCase()
{
    m_program = std::make_unique<Program>(QStringList{QStringLiteral("--data"), directory()});
}

void tst_CliLab::cleanupTestCase()
{
    COMPARE_CODE(run("lab stop"), 0);
}

void tst_CliLab::saysThatThereIsNoneYet()
{
    COMPARE_CODE(run("lab status"), 1);
    QCOMPARE(state(), QStringLiteral("absent"));
    COMPARE_CODE(run("lab uri"), 4);
    COMPARE_CODE(run("lab stop"), 0);
    QCOMPARE(run("lab path").out, directory().toUtf8() + '\n');
    QVERIFY2(!QFileInfo::exists(directory()), "looking must not make anything");
}

void tst_CliLab::startsWhenNeededAndStopsAfterwards()
{
    COMPARE_CODE(run("user create ann"), 0);
    QCOMPARE(state(), QStringLiteral("stopped"));
    COMPARE_CODE(run("lab status"), 1);
    COMPARE_CODE(run("top-up ann 5 --reason r"), 0);
    QCOMPARE(run("balance ann").out, QByteArray("5\n"));
    QCOMPARE(state(), QStringLiteral("stopped"));
}

void tst_CliLab::staysOnceStartedUntilStopped()
{
    const Ended started = run("lab start");
    COMPARE_CODE(started, 0);
    QVERIFY(started.out.startsWith("postgresql://"));
    QCOMPARE(run("lab uri").out, started.out);
    COMPARE_CODE(run("lab status"), 0);
    COMPARE_CODE(run("balance ann"), 0);
    COMPARE_CODE(run("lab start"), 0);
    QCOMPARE(state(), QStringLiteral("running"));
    // The URI is for others to connect by.
    const Ended byUri =
        Program({QStringLiteral("--connection"), QString::fromUtf8(started.out).trimmed()})
            .run(words("balance ann"));
    QCOMPARE(byUri.out, QByteArray("5\n"));
    COMPARE_CODE(run("lab stop"), 0);
    QCOMPARE(state(), QStringLiteral("stopped"));
}

void tst_CliLab::comesBackAfterItsServerWasKilled()
{
    COMPARE_CODE(run("lab start"), 0);
    const qint64 pid = run("lab status --json").json().value(QStringLiteral("pid")).toInteger();
    QVERIFY(pid > 1);
    QCOMPARE(::kill(pid_t(pid), SIGKILL), 0);
    QCOMPARE(run("balance ann").out, QByteArray("5\n"));
    COMPARE_CODE(run("top-up ann 5 --reason r"), 0);
    COMPARE_CODE(run("lab stop"), 0);
}

void tst_CliLab::findsExactlyThePlantedCrimes()
{
    COMPARE_CODE(run("lab start"), 0);
    const Ended seeded = run("lab seed --users 60 --transactions 3000 --seed 7 --crimes --json");
    COMPARE_CODE(seeded, 0);
    QStringList planted;
    for (const QJsonValue crime : seeded.json().value(QStringLiteral("crimes")).toArray())
        planted << crime.toString();
    QCOMPARE(planted.size(), 10);
    const Ended verified = run("verify --all --json");
    COMPARE_CODE(verified, 2);
    QStringList found;
    for (const QJsonValue finding : verified.json().value(QStringLiteral("findings")).toArray())
        if (!finding[QStringLiteral("harmless")].toBool())
            found << finding[QStringLiteral("user")].toString();
    found.removeDuplicates();
    planted.sort();
    found.sort();
    QCOMPARE(found, planted);
    COMPARE_CODE(run("lab seed --users 60 --transactions 3000 --seed 7"), 0);
    COMPARE_CODE(run("verify --all"), 0);
}

void tst_CliLab::seedsTheSameAgain()
{
    const auto shown = [this] { return run("users --limit 5 --json").out; };
    COMPARE_CODE(run("lab seed --users 30 --transactions 500 --seed 1"), 0);
    const QByteArray first = shown();
    COMPARE_CODE(run("lab seed --users 30 --transactions 500 --seed 2"), 0);
    QVERIFY(shown() != first);
    COMPARE_CODE(run("lab seed --users 30 --transactions 500 --seed 1"), 0);
    QCOMPARE(shown(), first);
}

void tst_CliLab::drawsPicturesOfEveryView()
{
    const QString output = m_home.home() + QStringLiteral("/pictures");
    const Ended ended = m_program->run(
        words("pictures --theme dark --size 1024x700 --output") + QStringList{output}, 180'000);
    COMPARE_CODE(ended, 0);
    const QStringList files =
        QString::fromUtf8(ended.out).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QVERIFY(files.size() >= 8);
    for (const QString& file : files)
        QVERIFY2(file.startsWith(output) && QFileInfo(file).size() > 5'000, qPrintable(file));
}

void tst_CliLab::respectsWhoUsesIt_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<QString>("after");
    QTest::newRow("stop") << QStringLiteral("lab stop") << QStringLiteral("stopped");
    QTest::newRow("reset") << QStringLiteral("lab reset") << QStringLiteral("absent");
}

void tst_CliLab::respectsWhoUsesIt()
{
    QFETCH(const QString, verb);
    QFETCH(const QString, after);
    LabUse other(directory());
    QVERIFY(other.enter().ok());
    const Ended refused = m_program->run(words(qPrintable(verb)));
    COMPARE_CODE(refused, 1);
    QVERIFY2(refused.said().contains(QStringLiteral("is in use by another program (process %1)")
                                         .arg(QCoreApplication::applicationPid())),
             refused.err.constData());
    const Ended json = m_program->run(words(qPrintable(verb + QStringLiteral(" --json"))));
    COMPARE_CODE(json, 1);
    QCOMPARE(json.json().value(QStringLiteral("refused"))[QStringLiteral("name")].toString(),
             QStringLiteral("LabInUse"));
    QCOMPARE(state(), QStringLiteral("running"));
    COMPARE_CODE(m_program->run(words(qPrintable(verb + QStringLiteral(" --yes")))), 0);
    QCOMPARE(state(), after);
}

void tst_CliLab::tellsOfDamageAndTheWayOut_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<bool>("isVisible");
    QTest::newRow("no template") << QStringLiteral("rm -r base/1") << true;
    QTest::newRow("no control file") << QStringLiteral("rm global/pg_control") << true;
    QTest::newRow("no database of its own")
        << QStringLiteral("rm -r base/$(ls base | sort -n | tail -n 1)") << false;
}

void tst_CliLab::tellsOfDamageAndTheWayOut()
{
    QFETCH(const QString, command);
    QFETCH(const bool, isVisible);
    COMPARE_CODE(run("users"), 0);
    QCOMPARE(state(), QStringLiteral("stopped"));
    QCOMPARE(QProcess::execute(QStringLiteral("/bin/sh"),
                               {QStringLiteral("-c"), QStringLiteral("cd \"$0\" && ") + command,
                                directory() + QStringLiteral("/data")}),
             0);
    const Ended status = run("lab status");
    COMPARE_CODE(status, isVisible ? 4 : 1);
    QCOMPARE(status.said().contains(QStringLiteral("tallystick lab reset")), isVisible);
    for (const char* line : {"users --json", "lab start --json"}) {
        const Ended ended = run(line);
        COMPARE_CODE(ended, 4);
        QCOMPARE(ended.json().value(QStringLiteral("failed"))[QStringLiteral("name")].toString(),
                 QStringLiteral("LabDamaged"));
        QVERIFY2(ended.said().contains(QStringLiteral("tallystick lab reset")),
                 ended.err.constData());
    }
    COMPARE_CODE(run("lab reset"), 0);
    COMPARE_CODE(run("users"), 0);
}

void tst_CliLab::setsTheDirectoryAside()
{
    COMPARE_CODE(run("user create ann"), 0);
    const Ended aside = run("lab reset");
    COMPARE_CODE(aside, 0);
    const QString where = QString::fromUtf8(aside.out).trimmed();
    QVERIFY(QFileInfo(where).isDir());
    QVERIFY2(aside.said().contains(where) &&
                 aside.said().contains(QStringLiteral("nothing was deleted")),
             aside.err.constData());
    COMPARE_CODE(run("balance ann"), 1);
}

void tst_CliLab::saysWhatIsWrongWithADirectoryItCannotUse()
{
    const QString file = m_home.home() + QStringLiteral("/file");
    QVERIFY(QFile(file).open(QIODevice::WriteOnly));
    const Ended ended = Program({QStringLiteral("--data"), file}).run(words("users --json"));
    COMPARE_CODE(ended, 4);
    QVERIFY2(ended.said().contains(QStringLiteral("not a directory")), ended.err.constData());
    QVERIFY(!ended.json().value(QStringLiteral("failed")).toObject().isEmpty());

    const QString foreign = m_home.home() + QStringLiteral("/foreign");
    QVERIFY(QDir().mkdir(foreign));
    QVERIFY(QFile(foreign + QStringLiteral("/letter.txt")).open(QIODevice::WriteOnly));
    const Ended kept = Program({QStringLiteral("--data"), foreign}).run(words("users"));
    COMPARE_CODE(kept, 4);
    QCOMPARE(QDir(foreign).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
             QStringList{QStringLiteral("letter.txt")});
}

void tst_CliLab::livesInTheDataDirectoryOfTheDesktop()
{
    const Program program;
    const QString path = QString::fromUtf8(program.run(words("lab path")).out).trimmed();
    QCOMPARE(path, program.home() + QStringLiteral("/data/tallystick/lab"));
}

QTEST_GUILESS_MAIN(tst_CliLab)
#include "tst_clilab.moc"
