// SPDX-License-Identifier: GPL-3.0-or-later
//! Programs and servers that die, and several at once: one lab all the same.
#include "tests/lab/labplace.h"
#include "tests/lab/labroles.h"
#include "tests/support/testserver.h"

#include <QtCore/QDir>
#include <QtTest/QtTest>

#include <csignal>

using namespace tallystick;

class TstLabCrash final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void survivesACrashOfTheProgram();
    void startsAfterTheServerWasKilled();
    void startsDespiteAStalePidFile();
    void isNotFooledByAReusedPid();
    void isNotFooledByAnotherLabsServer();
    void twoStartersMakeOneServer();
    void aKilledStarterLeavesNoHalfCluster();
    void aTestServerEndsWithItsProgram();
    void aTestServerComesBackAfterAKill();

private:
    Place m_made; ///< a stopped lab to copy
};

void TstLabCrash::initTestCase()
{
    QVERIFY(m_made.lab().start().ok());
    QVERIFY(m_made.lab().stop().ok());
}

void TstLabCrash::survivesACrashOfTheProgram()
{
    const Place place;
    const auto program =
        another({QStringLiteral("--start"), place.directory(), QStringLiteral("and-crash")});
    QVERIFY(program->waitForFinished(60'000));
    QCOMPARE(program->exitStatus(), QProcess::CrashExit);
    const LabStatus left = place.lab().status();
    QCOMPARE(left.state, LabStatus::State::Running);
    const auto adopted = place.lab().start();
    QVERIFY2(adopted.ok(), wordsOf(adopted).constData());
    QCOMPARE(place.lab().status().serverPid, left.serverPid);
    QCOMPARE(sql(*adopted, QStringLiteral("SELECT 1")), QStringLiteral("1"));
}

void TstLabCrash::startsAfterTheServerWasKilled()
{
    Place place;
    QVERIFY(place.fillFrom(m_made));
    const auto connection = place.lab(true).start();
    QVERIFY2(connection.ok(), wordsOf(connection).constData());
    runSql(*connection, QStringLiteral("CREATE TABLE kept AS SELECT generate_series(1, 1000)"));
    // A backend that computes does not notice the death of its postmaster by itself.
    const auto busy =
        another({QStringLiteral("--query"), connection->uri,
                 QStringLiteral("SELECT count(*) FROM generate_series(1, 1000000000)")});
    QTRY_COMPARE_WITH_TIMEOUT(
        sql(*connection, QStringLiteral("SELECT count(*) FROM pg_stat_activity WHERE state = "
                                        "'active' AND query LIKE '%1000000000%' AND pid <> "
                                        "pg_backend_pid()")),
        QStringLiteral("1"), 10'000);
    const qint64 pid = place.lab().status().serverPid;
    QCOMPARE(::kill(static_cast<pid_t>(pid), SIGKILL), 0);
    QTRY_COMPARE_WITH_TIMEOUT(place.lab().status().state, LabStatus::State::Stopped, 5'000);
    QVERIFY(QFileInfo::exists(place.pidFile()));

    const auto again = place.lab(true).start();
    QVERIFY2(again.ok(), wordsOf(again).constData());
    QVERIFY(place.lab().status().serverPid != pid);
    QCOMPARE(sql(*again, QStringLiteral("SELECT count(*) FROM kept")), QStringLiteral("1000"));
    busy->kill();
    busy->waitForFinished();
}

void TstLabCrash::startsDespiteAStalePidFile()
{
    Place place;
    QVERIFY(place.fillFrom(m_made));
    QVERIFY(place.lab().start().ok());
    QFile pidFile(place.pidFile());
    QVERIFY(pidFile.open(QIODevice::ReadOnly));
    QList<QByteArray> lines = pidFile.readAll().split('\n');
    QVERIFY(place.lab().stop().ok());
    lines[0] = "4194303"; // beyond pid_max of small systems, not in use on large ones
    write(place.pidFile(), lines.join('\n'));
    QCOMPARE(place.lab().status().state, LabStatus::State::Stopped);
    const auto again = place.lab().start();
    QVERIFY2(again.ok(), wordsOf(again).constData());
}

void TstLabCrash::isNotFooledByAReusedPid()
{
    Place place;
    QVERIFY(place.fillFrom(m_made));
    QVERIFY(place.lab().start().ok());
    QFile pidFile(place.pidFile());
    QVERIFY(pidFile.open(QIODevice::ReadOnly));
    QList<QByteArray> lines = pidFile.readAll().split('\n');
    QVERIFY(place.lab().stop().ok());

    // Of the server's own account, so that the server would believe the file.
    struct stat owner
    {
    };
    QCOMPARE(::stat(QFile::encodeName(place.data()).constData(), &owner), 0);
    QProcess foreign;
    foreign.setChildProcessModifier([uid = owner.st_uid] {
        if (setuid(uid) != 0)
            _exit(126);
    });
    foreign.start(QStringLiteral("sleep"), {QStringLiteral("600")});
    QVERIFY(foreign.waitForStarted());
    lines[0] = QByteArray::number(foreign.processId());
    write(place.pidFile(), lines.join('\n'));

    QCOMPARE(place.lab().status().state, LabStatus::State::Stopped);
    QVERIFY(place.lab().stop().ok());
    const auto again = place.lab().start();
    QVERIFY2(again.ok(), wordsOf(again).constData());
    QVERIFY(place.lab().status().serverPid != foreign.processId());
    QCOMPARE(::kill(static_cast<pid_t>(foreign.processId()), 0), 0);
    foreign.kill();
    foreign.waitForFinished();
}

void TstLabCrash::isNotFooledByAnotherLabsServer()
{
    Place place;
    QVERIFY(place.fillFrom(m_made));
    Place other;
    QVERIFY(other.fillFrom(m_made));
    QVERIFY(other.lab().start().ok());
    QVERIFY(place.lab().start().ok());
    QVERIFY(place.lab().stop().ok());
    const qint64 otherPid = other.lab().status().serverPid;
    QFile::copy(other.pidFile(), place.pidFile());
    QCOMPARE(place.lab().status().state, LabStatus::State::Stopped);
    QVERIFY(place.lab().stop().ok());
    QCOMPARE(other.lab().status().serverPid, otherPid);
    const auto again = place.lab().start();
    QVERIFY2(again.ok(), wordsOf(again).constData());
    QVERIFY(place.lab().status().serverPid != otherPid);
    QCOMPARE(other.lab().status().state, LabStatus::State::Running);
}

void TstLabCrash::twoStartersMakeOneServer()
{
    const Place place;
    std::vector<std::unique_ptr<QProcess>> starters;
    for (int i = 0; i < 3; ++i)
        starters.push_back(another({QStringLiteral("--start"), place.directory()}));
    QSet<QByteArray> answers;
    for (const auto& starter : starters) {
        QVERIFY(starter->waitForFinished(60'000));
        QCOMPARE(starter->exitCode(), 0);
        answers.insert(starter->readAllStandardOutput());
    }
    QCOMPARE(answers.size(), 1);
    QCOMPARE(answers.values().first().trimmed(),
             place.lab().connection().uri.toUtf8() + ' ' +
                 QByteArray::number(place.lab().status().serverPid));
}

void TstLabCrash::aKilledStarterLeavesNoHalfCluster()
{
    const Place place;
    const auto starter = another({QStringLiteral("--start"), place.directory()});
    const auto halfMade = [&] {
        return QDir(place.directory())
            .entryList({QStringLiteral("data.making-*")}, QDir::Dirs)
            .size();
    };
    QTRY_COMPARE_WITH_TIMEOUT(halfMade(), 1, 10'000);
    starter->kill();
    QVERIFY(starter->waitForFinished());
    QCOMPARE(place.lab().status().state, LabStatus::State::Absent);
    QCOMPARE(halfMade(), 1);
    const auto started = place.lab().start();
    QVERIFY2(started.ok(), wordsOf(started).constData());
    QCOMPARE(halfMade(), 0);
}

void TstLabCrash::aTestServerEndsWithItsProgram()
{
    const auto program = another({QStringLiteral("--test-server")});
    QVERIFY(program->waitForReadyRead(60'000));
    const QString directory = QString::fromLocal8Bit(program->readAll()).trimmed();
    const Lab lab({.directory = directory + QStringLiteral("/lab")});
    const qint64 pid = lab.status().serverPid;
    QVERIFY(pid > 1);
    program->kill();
    program->waitForFinished();
    QTRY_VERIFY_WITH_TIMEOUT(!QFileInfo::exists(directory), 10'000);
    QTRY_VERIFY(!QFileInfo::exists(QStringLiteral("/proc/%1/exe").arg(pid)) ||
                ::kill(static_cast<pid_t>(pid), 0) != 0);
}

void TstLabCrash::aTestServerComesBackAfterAKill()
{
    TestServer server;
    const Connection database = server.createEmptyDatabase();
    runSql(database, QStringLiteral("CREATE TABLE kept AS SELECT 42 AS x"));
    const qint64 pid = server.pid();
    server.kill();
    QCOMPARE(server.pid(), 0);
    server.restart();
    QVERIFY(server.pid() != pid);
    QCOMPARE(sqlStateOf(database, QStringLiteral("SELECT 1/0")), QStringLiteral("22012"));
    QCOMPARE(sqlStateOf(database, QStringLiteral("SELECT 1")), QString());
}

int main(int argc, char** argv)
{
    return labTestMain<TstLabCrash>(argc, argv);
}

#include "tst_labcrash.moc"
