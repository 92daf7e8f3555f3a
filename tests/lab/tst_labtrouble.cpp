// SPDX-License-Identifier: GPL-3.0-or-later
//! What can stand in the way of a lab: damage, missing programs, odd paths, full disks.
#include "tests/lab/labplace.h"
#include "tests/support/testserver.h"

#include <QtCore/QDir>
#include <QtTest/QtTest>

#include <sys/resource.h>

using namespace tallystick;

class TstLabTrouble final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void tellsOfDamage_data();
    void tellsOfDamage();
    void tellsThatProgramsAreMissing();
    void tellsThatProgramsAreTooOld();
    void findsRoomForTheSocketOfALongPath();
    void acceptsAPathThatNeedsQuoting();
    void refusesAPathAShellWouldRead_data();
    void refusesAPathAShellWouldRead();
    void refusesADirectoryOutOfReach();
    void refusesADirectoryOfOtherThings();
    void refusesAFileInItsPlace();
    void tellsOfAFullDiskAtFirst();
    void tellsOfAFullDiskLater();

private:
    Place m_made; ///< a stopped lab to copy
};

void TstLabTrouble::initTestCase()
{
    QVERIFY(m_made.lab().start().ok());
    QVERIFY(m_made.lab().stop().ok());
}

void TstLabTrouble::tellsOfDamage_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<bool>("isVisible");
    QTest::newRow("no version") << QStringLiteral("rm PG_VERSION") << true;
    QTest::newRow("a version that is none") << QStringLiteral("echo x > PG_VERSION") << true;
    QTest::newRow("a version not installed") << QStringLiteral("echo 9 > PG_VERSION") << false;
    QTest::newRow("no control file") << QStringLiteral("rm global/pg_control") << true;
    QTest::newRow("an empty control file") << QStringLiteral(": > global/pg_control") << true;
    QTest::newRow("a garbled control file")
        << QStringLiteral("yes | head -c 8192 > global/pg_control") << false;
    QTest::newRow("no write-ahead log") << QStringLiteral("rm -r pg_wal/*") << true;
    QTest::newRow("no directory of it either") << QStringLiteral("rm -r pg_wal") << true;
    QTest::newRow("no template") << QStringLiteral("rm -r base/1") << true;
    QTest::newRow("no transactions' states") << QStringLiteral("rm -r pg_xact") << true;
    QTest::newRow("no settings") << QStringLiteral("rm postgresql.conf") << true;
    QTest::newRow("nobody let in") << QStringLiteral("rm pg_hba.conf") << true;
    QTest::newRow("settings that make no sense")
        << QStringLiteral("echo 'x y z' >> postgresql.conf") << false;
    QTest::newRow("an empty directory") << QStringLiteral("rm -r ./*") << true;
}

void TstLabTrouble::tellsOfDamage()
{
    QFETCH(QString, command);
    QFETCH(bool, isVisible);
    Place place;
    QVERIFY(place.fillFrom(m_made));
    QCOMPARE(QProcess::execute(QStringLiteral("/bin/sh"),
                               {QStringLiteral("-c"),
                                QStringLiteral("cd \"$0\" && %1").arg(command), place.data()}),
             0);
    QCOMPARE(place.lab().status().state,
             isVisible ? LabStatus::State::Damaged : LabStatus::State::Stopped);
    QCOMPARE(place.lab().status().explanation.isEmpty(), !isVisible);
    const auto started = place.lab().start();
    QVERIFY2(kindOf(started) == Failure::Kind::LabDamaged, wordsOf(started).constData());
    QVERIFY(!started.failure()->text.isEmpty());
    QVERIFY(place.lab().reset().ok());
    QCOMPARE(place.lab().status().state, LabStatus::State::Absent);
}

void TstLabTrouble::tellsThatProgramsAreMissing()
{
    const Place place;
    qputenv("TALLYSTICK_PG_BINDIR", "/nowhere");
    const auto started = place.lab().start();
    qunsetenv("TALLYSTICK_PG_BINDIR");
    QVERIFY2(kindOf(started) == Failure::Kind::ServerMissing, wordsOf(started).constData());
    QCOMPARE(place.lab().status().state, LabStatus::State::Absent);
    QVERIFY(place.lab().start().ok());
}

void TstLabTrouble::tellsThatProgramsAreTooOld()
{
    const Place place;
    QDir(place.root()).mkdir(QStringLiteral("bin"));
    for (const char* const name : {"initdb", "pg_ctl", "postgres"}) {
        const QString path = place.root() + QStringLiteral("/bin/") + QLatin1String(name);
        write(path, "#!/bin/sh\necho 'postgres (PostgreSQL) 13.14'\n");
        ::chmod(QFile::encodeName(path).constData(), 0755);
    }
    qputenv("TALLYSTICK_PG_BINDIR", QFile::encodeName(place.root() + QStringLiteral("/bin")));
    const auto started = place.lab().start();
    qunsetenv("TALLYSTICK_PG_BINDIR");
    QVERIFY2(kindOf(started) == Failure::Kind::ServerMissing, wordsOf(started).constData());
}

void TstLabTrouble::findsRoomForTheSocketOfALongPath()
{
    const QString longName(100, QLatin1Char('x'));
    const Place place(longName + QStringLiteral("/lab"));
    const auto started = place.lab().start();
    QVERIFY2(started.ok(), wordsOf(started).constData());
    const QString socket = sql(*started, QStringLiteral("SHOW unix_socket_directories"));
    QVERIFY(socket.size() < 80);
    QCOMPARE(modeOf(socket), 0700U);
    QCOMPARE(place.lab().start()->uri, started->uri);
    QVERIFY(place.lab().stop().ok());
    QVERIFY(!QFileInfo::exists(socket));
}

void TstLabTrouble::acceptsAPathThatNeedsQuoting()
{
    const Place place(QStringLiteral("läb, 'of' Ü; & | 100%2F 客/la b"));
    const auto started = place.lab().start();
    QVERIFY2(started.ok(), wordsOf(started).constData());
    QCOMPARE(sql(*started, QStringLiteral("SHOW data_directory")), place.data());
    const QString socket = sql(*started, QStringLiteral("SHOW unix_socket_directories"));
    QCOMPARE(place.lab().status().state, LabStatus::State::Running);
    QVERIFY(place.lab().stop().ok());
    QVERIFY(!QFileInfo::exists(socket));
}

void TstLabTrouble::refusesAPathAShellWouldRead_data()
{
    QTest::addColumn<QString>("name");
    for (const QString& name : {QStringLiteral("a$(touch x)"), QStringLiteral("a`touch x`"),
                                QStringLiteral("a\"b"), QStringLiteral("a\\b")})
        QTest::newRow(qPrintable(name)) << name;
}

void TstLabTrouble::refusesAPathAShellWouldRead()
{
    QFETCH(QString, name);
    const Place place(name);
    const auto started = place.lab().start();
    QVERIFY2(kindOf(started) == Failure::Kind::FileTrouble, wordsOf(started).constData());
    QVERIFY(!QFileInfo::exists(place.directory()));
}

void TstLabTrouble::refusesADirectoryOutOfReach()
{
    const Place place(QStringLiteral("closed/lab"));
    const QString closed = place.root() + QStringLiteral("/closed");
    QDir().mkdir(closed);
    // Root may write everywhere, but the server's account could not pass.
    ::chmod(QFile::encodeName(closed).constData(), geteuid() == 0 ? 0700 : 0500);
    const auto started = place.lab().start();
    QVERIFY2(kindOf(started) == Failure::Kind::FileTrouble, wordsOf(started).constData());
    QVERIFY(started.failure()->text.contains(place.directory()));
    ::chmod(QFile::encodeName(closed).constData(), 0755);
}

void TstLabTrouble::refusesADirectoryOfOtherThings()
{
    const Place place;
    QDir().mkdir(place.directory());
    write(place.directory() + QStringLiteral("/letter.txt"), "dear");
    const uint mode = modeOf(place.directory());
    const auto started = place.lab().start();
    QVERIFY2(kindOf(started) == Failure::Kind::FileTrouble, wordsOf(started).constData());
    QCOMPARE(QDir(place.directory()).entryList(QDir::Files),
             QStringList(QStringLiteral("letter.txt")));
    QCOMPARE(modeOf(place.directory()), mode);
}

void TstLabTrouble::refusesAFileInItsPlace()
{
    const Place place;
    write(place.directory(), "x");
    QCOMPARE(place.lab().status().state, LabStatus::State::Damaged);
    const auto started = place.lab().start();
    QVERIFY2(kindOf(started) == Failure::Kind::FileTrouble, wordsOf(started).constData());
    const auto aside = place.lab().reset();
    QVERIFY(aside.ok());
    QVERIFY(QFileInfo(*aside).isFile());
    QVERIFY(place.lab().start().ok());
}

void TstLabTrouble::tellsOfAFullDiskAtFirst()
{
    Place place;
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    if (geteuid() == 0) {
        QVERIFY(place.mount("20m"));
    } else {
        const rlimit small{.rlim_cur = 4UL * 1024 * 1024, .rlim_max = before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    const auto started = place.lab().start();
    setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY2(kindOf(started) == Failure::Kind::ServerFull, wordsOf(started).constData());
    QCOMPARE(place.lab().status().state, LabStatus::State::Absent);
    QCOMPARE(QDir(place.directory()).entryList({QStringLiteral("data*")}, QDir::Dirs).size(), 0);
}

void TstLabTrouble::tellsOfAFullDiskLater()
{
    Place place;
    const bool isRoot = geteuid() == 0;
    if (isRoot)
        QVERIFY(place.mount("120m"));
    QVERIFY(place.lab().start().ok());
    QVERIFY(place.lab().stop().ok());
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const QString filler = place.root() + QStringLiteral("/filler");
    if (isRoot) {
        QProcess::execute(QStringLiteral("/bin/sh"),
                          {QStringLiteral("-c"),
                           QStringLiteral("head -c 200000000 /dev/zero > \"$0\" 2>/dev/null"),
                           filler});
    } else {
        const rlimit small{.rlim_cur = 4096, .rlim_max = before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    const auto started = place.lab().start();
    setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY2(kindOf(started) == Failure::Kind::ServerFull, wordsOf(started).constData());
    QFile::remove(filler);
    const auto again = place.lab().start();
    QVERIFY2(again.ok(), wordsOf(again).constData());
}

QTEST_GUILESS_MAIN(TstLabTrouble)
#include "tst_labtrouble.moc"
