// SPDX-License-Identifier: GPL-3.0-or-later
//! Postings a second of each way beside pgbench calling the same function, in one run.
//!
//! bench_ways [--seconds S] [--rounds R] [--users N]
//! Starts a durable lab of its own (fsync and synchronous_commit on) in a temporary directory. The
//! contenders take turns R times; medians are printed as a Markdown table. What pgbench runs is
//! `SELECT … FROM tallystick.post(…)`, prepared, with a random key, as the function way does.
#include "ledger/lab/lab.h"
#include "ledger/postgres/open.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QMap>
#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTextStream>
#include <QtCore/QUrl>

#include <algorithm>
#include <atomic>
#include <latch>
#include <random>
#include <thread>

using namespace tallystick;

namespace {

struct Setting
{
    QString name;
    int users = 1;
};

QString userName(int number)
{
    return QStringLiteral("bench-%1").arg(number);
}

/// Postings a second by \a clients sessions for \a seconds.
double throughput(const Connection& connection, Way way, const Setting& setting, int clients,
                  int seconds)
{
    std::latch ready(clients + 1);
    std::atomic<bool> isOver = false;
    std::atomic<qint64> posted = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < clients; ++i)
        threads.emplace_back([&, i] {
            auto ledger = postgres::openLedger(connection, {.way = way});
            std::mt19937 random(unsigned(i) + 1);
            std::uniform_int_distribution<int> anyone(1, setting.users);
            ready.arrive_and_wait();
            qint64 mine = 0;
            while (ledger && !isOver) {
                const auto user = *UserId::from(userName(anyone(random)));
                if (!(*ledger)->post(topUp(user, Credits::of(1), newTransactionKey())))
                    break;
                ++mine;
            }
            posted += mine;
        });
    ready.arrive_and_wait();
    QElapsedTimer clock;
    clock.start();
    std::this_thread::sleep_for(std::chrono::seconds(seconds));
    isOver = true;
    for (std::thread& thread : threads)
        thread.join();
    return double(posted) * 1000.0 / double(clock.elapsed());
}

/// The same by pgbench; 0 when it is not there or fails, which it says.
double pgbench(const Connection& connection, const QString& script, int clients, int seconds)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("pgbench"),
                  {QStringLiteral("-n"), QStringLiteral("-M"), QStringLiteral("prepared"),
                   QStringLiteral("-c"), QString::number(clients), QStringLiteral("-j"),
                   QStringLiteral("2"), QStringLiteral("-T"), QString::number(seconds),
                   QStringLiteral("-f"), script, connection.uri});
    process.waitForFinished(-1);
    const QString said = QString::fromUtf8(process.readAll());
    static const QRegularExpression tps(QStringLiteral("tps = ([0-9.]+)"));
    const auto match = tps.match(said);
    if (!match.hasMatch())
        QTextStream(stderr) << said;
    return match.captured(1).toDouble();
}

double median(QList<double> values)
{
    std::sort(values.begin(), values.end());
    return values.isEmpty() ? 0 : values.at(values.size() / 2);
}

QString pgbenchScript(const QString& folder, const Setting& setting)
{
    const QString path = folder + QStringLiteral("/%1.sql").arg(setting.users);
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(
            QStringLiteral(
                "\\set u random(1, %1)\n\\set k random(1, 9000000000000000000)\n"
                "SELECT a.code, a.balance, a.sequence FROM tallystick.post("
                "'bench-' || (:u)::text, 1, 'TOP_UP', 'pgbench-' || (:k)::text, NULL, false, "
                "true, false, NULL, NULL) a;\n")
                .arg(setting.users)
                .toUtf8());
    return path;
}

void makeUsers(const Connection& connection, int count)
{
    auto bench = postgres::openBench(connection);
    QList<BenchUser> users;
    for (int i = 1; i <= count; ++i)
        users.append({.id = *UserId::from(userName(i))});
    if (!bench || !(*bench)->createUsers(users))
        qFatal("the users could not be made");
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption seconds(QStringLiteral("seconds"), {}, QStringLiteral("S"),
                                     QStringLiteral("3"));
    const QCommandLineOption rounds(QStringLiteral("rounds"), {}, QStringLiteral("R"),
                                    QStringLiteral("5"));
    const QCommandLineOption users(QStringLiteral("users"), {}, QStringLiteral("N"),
                                   QStringLiteral("100000"));
    parser.addOptions({seconds, rounds, users});
    parser.process(application);

    const QTemporaryDir folder;
    // As root the server has an account of its own, which must pass through here.
    QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner |
                                             QFile::ExeGroup | QFile::ExeOther);
    Lab lab({.directory = folder.filePath(QStringLiteral("lab")), .durable = true});
    auto connection = lab.start();
    if (!connection || !postgres::layLabSchema(*connection))
        qFatal("the lab did not start");
    makeUsers(*connection, parser.value(users).toInt());

    QTextStream out(stdout);
    out << "| users | clients | row-lock | function | pgbench, same function | function / pgbench "
           "|\n|---|---|---|---|---|---|\n";
    for (const Setting& setting :
         {Setting{.name = QStringLiteral("one hot"), .users = 1},
          Setting{.name = parser.value(users), .users = parser.value(users).toInt()}}) {
        const QString script = pgbenchScript(folder.path(), setting);
        for (const int clients : {1, 16, 64}) {
            QMap<QString, QList<double>> measured;
            for (int round = 0; round < parser.value(rounds).toInt(); ++round) {
                const int time = parser.value(seconds).toInt();
                for (const Way way : ruleWays)
                    measured[nameOf(way)].append(
                        throughput(*connection, way, setting, clients, time));
                measured[QStringLiteral("pgbench")].append(
                    pgbench(*connection, script, clients, time));
            }
            const double function = median(measured[nameOf(Way::Function)]);
            const double peer = median(measured[QStringLiteral("pgbench")]);
            out << "| " << setting.name << " | " << clients << " | "
                << qRound(median(measured[nameOf(Way::RowLock)])) << " | " << qRound(function)
                << " | " << qRound(peer) << " | "
                << QString::number(peer > 0 ? function / peer : 0, 'f', 2) << " |\n";
            out.flush();
        }
    }
    const Outcome stopped = lab.stop();
    return stopped ? 0 : 1;
}
