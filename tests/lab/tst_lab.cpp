// SPDX-License-Identifier: GPL-3.0-or-later
//! The lab on real servers: made, adopted, stopped, set aside.
#include "ledger/lab/binaries.h"
#include "ledger/lab/program.h"
#include "tests/lab/labplace.h"
#include "tests/lab/labroles.h"
#include "tests/support/testserver.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtTest/QtTest>

#include <stop_token>
#include <thread>

using namespace tallystick;

class TstLab final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void startsFromNothingAndAgain();
    void keepsToItsSettings();
    void adoptsARunningServer();
    void adoptsAServerStartedByHand();
    void aStartCanBeCalledOff();
    void nobodyWaitsForAnotherOnesStartUnasked();
    void stopsWhatRunsAndNothingElse();
    void keepsTheOldDirectoryAsideAtReset();

private:
    Place m_made; ///< a stopped lab to copy
};

void TstLab::initTestCase()
{
    QVERIFY(m_made.lab().start().ok());
    QVERIFY(m_made.lab().stop().ok());
}

void TstLab::startsFromNothingAndAgain()
{
    const Place place;
    Lab lab = place.lab(true);
    QCOMPARE(lab.status().state, LabStatus::State::Absent);
    QElapsedTimer clock;
    clock.start();
    QStringList steps;
    const auto first = lab.start([&](const QString& step) { steps.append(step); });
    QVERIFY2(first.ok(), wordsOf(first).constData());
    const qint64 firstMillis = clock.elapsed();
    QCOMPARE(steps, QStringList({QStringLiteral("initdb"), QStringLiteral("start")}));
    QCOMPARE(lab.status().state, LabStatus::State::Running);
    QCOMPARE(sql(*first, QStringLiteral("SELECT current_user || '@' || current_database()")),
             QStringLiteral("tallystick@lab"));
    QCOMPARE(first->uri, lab.connection().uri);
    runSql(*first, QStringLiteral("CREATE TABLE kept (x int); INSERT INTO kept VALUES (7)"));

    QVERIFY(lab.stop().ok());
    QCOMPARE(lab.status().state, LabStatus::State::Stopped);
    QVERIFY(lab.stop().ok());
    clock.restart();
    const auto second = lab.start();
    QVERIFY2(second.ok(), wordsOf(second).constData());
    const qint64 secondMillis = clock.elapsed();
    QCOMPARE(sql(*second, QStringLiteral("SELECT x FROM kept")), QStringLiteral("7"));
    qInfo("first start %lld ms, later start %lld ms", firstMillis, secondMillis);
}

void TstLab::keepsToItsSettings()
{
    Place place;
    QVERIFY(place.fillFrom(m_made));
    const auto connection = place.lab(true).start();
    QVERIFY2(connection.ok(), wordsOf(connection).constData());
    const QList<QPair<QString, QString>> expected{
        {QStringLiteral("listen_addresses"), QString()},
        {QStringLiteral("TimeZone"), QStringLiteral("UTC")},
        {QStringLiteral("track_commit_timestamp"), QStringLiteral("on")},
        {QStringLiteral("client_connection_check_interval"), QStringLiteral("100ms")},
        {QStringLiteral("fsync"), QStringLiteral("on")},
        {QStringLiteral("synchronous_commit"), QStringLiteral("on")},
        {QStringLiteral("full_page_writes"), QStringLiteral("on")},
        {QStringLiteral("max_connections"), QStringLiteral("50")},
        {QStringLiteral("shared_buffers"), QStringLiteral("128MB")},
        {QStringLiteral("server_encoding"), QStringLiteral("UTF8")},
    };
    for (const auto& [name, value] : expected)
        QCOMPARE(sql(*connection, QStringLiteral("SHOW %1").arg(name)), value);
    QCOMPARE(sql(*connection, QStringLiteral("SELECT datcollate || ' ' || datctype FROM pg_database"
                                             " WHERE datname = 'lab'")),
             QStringLiteral("C.UTF-8 C.UTF-8"));
    QCOMPARE(modeOf(place.directory()), 0700U);
    QCOMPARE(modeOf(place.data()), 0700U);
    QCOMPARE(modeOf(place.directory() + QStringLiteral("/socket")), 0700U);
    QVERIFY(sql(*connection, QStringLiteral("SHOW unix_socket_directories"))
                .startsWith(place.directory()));
}

void TstLab::adoptsARunningServer()
{
    Place place;
    QVERIFY(place.fillFrom(m_made));
    const auto first = place.lab().start();
    QVERIFY2(first.ok(), wordsOf(first).constData());
    const qint64 pid = place.lab().status().serverPid;
    QVERIFY(pid > 1);
    QStringList steps;
    // Adopting needs no programs at all.
    qputenv("TALLYSTICK_PG_BINDIR", "/nowhere");
    const auto second = place.lab().start([&](const QString& step) { steps.append(step); });
    qunsetenv("TALLYSTICK_PG_BINDIR");
    QVERIFY2(second.ok(), wordsOf(second).constData());
    QCOMPARE(steps, QStringList(QStringLiteral("adopt")));
    QCOMPARE(place.lab().status().serverPid, pid);
    QCOMPARE(second->uri, first->uri);
}

void TstLab::adoptsAServerStartedByHand()
{
    Place place;
    QVERIFY(place.fillFrom(m_made));
    QVERIFY(place.lab().start().ok()); // settles where the socket is
    QVERIFY(place.lab().stop().ok());
    const auto byHand = runProgram(
        *serverAccount(place.data()),
        {.program = findBinaries().first().program(QStringLiteral("pg_ctl")),
         .arguments = {QStringLiteral("start"), QStringLiteral("-w"), QStringLiteral("-l"),
                       place.directory() + QStringLiteral("/other.log"), QStringLiteral("-D"),
                       place.data().mid(1)}, // seen from the root directory
         .input = {}});
    QVERIFY2(byHand.succeeded, qPrintable(byHand.words));
    const qint64 pid = place.lab().status().serverPid;
    QVERIFY(pid > 1);
    QVERIFY(place.lab().start().ok());
    QCOMPARE(place.lab().status().serverPid, pid);
}

void TstLab::aStartCanBeCalledOff()
{
    const Place place;
    std::stop_source stop;
    const auto started =
        place.lab().start([&stop](const QString&) { stop.request_stop(); }, stop.get_token());
    QVERIFY2(kindOf(started) == Failure::Kind::Cancelled, wordsOf(started).constData());
    QCOMPARE(place.lab().status().state, LabStatus::State::Stopped);
    QVERIFY(place.lab().start().ok());
}

void TstLab::nobodyWaitsForAnotherOnesStartUnasked()
{
    const Place place;
    const auto starter = another({QStringLiteral("--start"), place.directory()});
    QTRY_VERIFY_WITH_TIMEOUT(
        !QDir(place.directory()).entryList({QStringLiteral("data.making-*")}, QDir::Dirs).isEmpty(),
        20'000);
    std::stop_source stop;
    std::jthread impatience([&stop] {
        QThread::msleep(300);
        stop.request_stop();
    });
    const auto started = place.lab().start({}, stop.get_token());
    QVERIFY2(kindOf(started) == Failure::Kind::Cancelled, wordsOf(started).constData());
    QVERIFY(starter->waitForFinished(60'000));
    QCOMPARE(place.lab().status().state, LabStatus::State::Running);
}

void TstLab::stopsWhatRunsAndNothingElse()
{
    Place place;
    QVERIFY(place.fillFrom(m_made));
    const auto connection = place.lab().start();
    QVERIFY2(connection.ok(), wordsOf(connection).constData());
    const auto busy = another(
        {QStringLiteral("--query"), connection->uri, QStringLiteral("SELECT pg_sleep(600)")});
    QTRY_COMPARE_WITH_TIMEOUT(sql(*connection, QStringLiteral("SELECT count(*) FROM "
                                                              "pg_stat_activity WHERE query LIKE "
                                                              "'SELECT pg_sleep%'")),
                              QStringLiteral("1"), 10'000);
    QElapsedTimer clock;
    clock.start();
    QVERIFY(place.lab().stop().ok());
    QVERIFY(clock.elapsed() < 60'000); // not the query's ten minutes
    QCOMPARE(place.lab().status().state, LabStatus::State::Stopped);
    QVERIFY(!QFileInfo::exists(place.pidFile()));
    QVERIFY(busy->waitForFinished(30'000));
}

void TstLab::keepsTheOldDirectoryAsideAtReset()
{
    const Place place;
    const auto nothing = place.lab().reset();
    QVERIFY(nothing.ok());
    QVERIFY(nothing->isEmpty());
    const auto first = place.lab().start();
    QVERIFY2(first.ok(), wordsOf(first).constData());
    runSql(*first, QStringLiteral("CREATE TABLE old (x int)"));
    const auto aside = place.lab().reset();
    QVERIFY(aside.ok());
    QVERIFY(QFileInfo::exists(*aside + QStringLiteral("/PG_VERSION")));
    QCOMPARE(place.lab().status().state, LabStatus::State::Absent);
    const auto second = place.lab().start();
    QVERIFY2(second.ok(), wordsOf(second).constData());
    QCOMPARE(sql(*second, QStringLiteral("SELECT to_regclass('old') IS NULL")),
             QStringLiteral("t"));
    const auto asideToo = place.lab().reset();
    QVERIFY(asideToo.ok());
    QVERIFY(*asideToo != *aside);
    QVERIFY(QFileInfo::exists(*aside));
}

int main(int argc, char** argv)
{
    return labTestMain<TstLab>(argc, argv);
}

#include "tst_lab.moc"
