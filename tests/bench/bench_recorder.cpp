// SPDX-License-Identifier: GPL-3.0-or-later
//! What recording one operation costs, beside a plain push into a vector, in one run.
//!
//! bench_recorder [--records N] [--rounds R]
//! The contenders take turns R times; medians of the CPU time are printed as a Markdown table.
#include "ledger/stress/histogram.h"
#include "ledger/stress/history.h"
#include "ledger/stress/lane.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QTextStream>

#include <algorithm>
#include <ctime>
#include <functional>

using namespace tallystick;

namespace {

struct Contender
{
    QString name;
    std::function<void(qint64 records)> run;
    QList<double> nanos;
};

double median(QList<double> values)
{
    std::sort(values.begin(), values.end());
    return values.at(values.size() / 2);
}

/// The compiler must not see that nobody reads what was recorded.
void keep(const void* memory)
{
    asm volatile("" : : "g"(memory) : "memory");
}

OperationRecord recordOf(qint64 number)
{
    return {.planned = {.ordinal = number}, .sentMicros = number, .endMicros = number + 800};
}

QList<Contender> contenders()
{
    const auto vector = [](qint64 records) {
        std::vector<OperationRecord> plain;
        for (qint64 number = 0; number < records; ++number) {
            plain.push_back(recordOf(number));
            if (plain.size() == Journal::pageRecords)
                plain.clear();
            keep(plain.data());
        }
    };
    const auto journal = [](qint64 records) {
        History history(1);
        Journal& own = history.journal(0);
        for (qint64 number = 0; number < records; ++number) {
            if (!own.makeRoom())
                qFatal("the history cannot be kept");
            keep(&own.append(recordOf(number)));
        }
    };
    const auto lane = [](qint64 records) {
        Lane own;
        for (qint64 number = 0; number < records; ++number) {
            own.write([number](LaneBuffer& buffer) {
                buffer.samples.push_back({.record = recordOf(number)});
            });
            if (number % 512 == 0)
                keep(own.take().samples.data());
        }
    };
    const auto histogram = [](qint64 records) {
        Histogram own;
        for (qint64 number = 0; number < records; ++number) {
            own.record((number * 7'919) % 1'000'003);
            keep(&own);
        }
    };
    return {{QStringLiteral("push into a vector"), vector, {}},
            {QStringLiteral("histogram"), histogram, {}},
            {QStringLiteral("lane"), lane, {}},
            {QStringLiteral("journal, spilling"), journal, {}}};
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption records(QStringLiteral("records"), {}, QStringLiteral("N"),
                                     QStringLiteral("2000000"));
    const QCommandLineOption rounds(QStringLiteral("rounds"), {}, QStringLiteral("R"),
                                    QStringLiteral("5"));
    parser.addOptions({records, rounds});
    parser.process(application);
    const qint64 count = parser.value(records).toLongLong();

    QList<Contender> all = contenders();
    for (int round = 0; round < parser.value(rounds).toInt(); ++round)
        for (Contender& contender : all) {
            const std::clock_t started = std::clock();
            contender.run(count);
            contender.nanos.append(double(std::clock() - started) * 1e9 / CLOCKS_PER_SEC /
                                   double(count));
        }
    QTextStream out(stdout);
    out << "| recording one operation | CPU ns | of a push |\n|---|---|---|\n";
    const double push = median(all.first().nanos);
    for (const Contender& contender : std::as_const(all))
        out << "| " << contender.name << " | " << QString::number(median(contender.nanos), 'f', 1)
            << " | " << QString::number(median(contender.nanos) / push, 'f', 2) << " |\n";
    return 0;
}
