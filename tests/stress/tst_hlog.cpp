// SPDX-License-Identifier: GPL-3.0-or-later
//! The histogram log, read back by a decoder of its own: written from the format's description
//! (HdrHistogram, AbstractHistogram and ZigZagEncoding), it shares no code with the writer.
#include "ledger/stress/engine.h"
#include "ledger/stress/hlog.h"
#include "tests/stress/fakebench.h"

#include <QtTest/QtTest>

#include <map>
#include <random>

using namespace tallystick;

namespace {

/// Takes big-endian numbers off the front.
class Reader final
{
public:
    explicit Reader(const QByteArray& bytes)
        : m_bytes(bytes)
    {
    }
    quint64 fixed(int bytes)
    {
        quint64 number = 0;
        for (int i = 0; i < bytes; ++i)
            number = number << 8 | next();
        return number;
    }
    qint64 zigZag()
    {
        quint64 number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const quint64 byte = next();
            number |= (byte & 0x7f) << shift;
            if (byte < 0x80)
                break;
        }
        return qint64(number >> 1) ^ -qint64(number & 1);
    }
    [[nodiscard]] bool isAtEnd() const { return m_at == m_bytes.size(); }
    [[nodiscard]] QByteArray rest() const { return m_bytes.sliced(m_at); }

private:
    quint64 next() { return m_at < m_bytes.size() ? quint8(m_bytes[m_at++]) : 0; }
    QByteArray m_bytes;
    qsizetype m_at = 0;
};

struct Decoded
{
    std::map<qint64, qint64> counts; ///< by the highest value of the bucket
    qint64 count = 0;
};

/// Of three significant digits: 2,048 sub-buckets, of which later ones use the upper half.
qint64 highestValueAt(int index)
{
    int bucket = index / 1'024 - 1;
    int subBucket = index % 1'024 + 1'024;
    if (bucket < 0) {
        subBucket -= 1'024;
        bucket = 0;
    }
    return (qint64(subBucket + 1) << bucket) - 1;
}

void decode(const QByteArray& base64, Decoded& decoded)
{
    Reader outer(QByteArray::fromBase64(base64));
    QCOMPARE(outer.fixed(4), 0x1c849314U);
    const auto deflatedSize = qsizetype(outer.fixed(4));
    const QByteArray deflated = outer.rest();
    QCOMPARE(deflated.size(), deflatedSize);
    // qUncompress() wants to be told about how long the result will be.
    const QByteArray plain = qUncompress(QByteArray("\0\0\x10\0", 4) + deflated);
    Reader inner(plain);
    QCOMPARE(inner.fixed(4), 0x1c849313U);
    QCOMPARE(qsizetype(inner.fixed(4)), plain.size() - 40);
    QCOMPARE(inner.fixed(4), 0U);                         // normalizing offset
    QCOMPARE(inner.fixed(4), 3U);                         // significant digits
    QCOMPARE(inner.fixed(8), 1U);                         // lowest value
    QCOMPARE(inner.fixed(8), 67'108'863U);                // highest value
    QCOMPARE(std::bit_cast<double>(inner.fixed(8)), 1.0); // value per integer
    int index = 0;
    while (!inner.isAtEnd()) {
        const qint64 number = inner.zigZag();
        QVERIFY(number != 0);
        if (number < 0) {
            index += int(-number);
            continue;
        }
        decoded.counts[highestValueAt(index++)] += number;
        decoded.count += number;
        QVERIFY(index <= 17'408);
    }
}

struct Line
{
    QByteArray tag;
    double at = 0, length = 0, maxMillis = 0;
    QByteArray histogram;
};

QList<Line> linesOf(const QByteArray& log)
{
    QList<Line> lines;
    for (const QByteArray& text : log.split('\n')) {
        if (!text.startsWith("Tag="))
            continue;
        const QList<QByteArray> cells = text.sliced(4).split(',');
        if (cells.size() == 5)
            lines.append({cells[0], cells[1].toDouble(), cells[2].toDouble(), cells[3].toDouble(),
                          cells[4]});
    }
    return lines;
}

Decoded sumOf(const QByteArray& log, const QByteArray& tag)
{
    Decoded sum;
    for (const Line& line : linesOf(log))
        if (line.tag == tag)
            decode(line.histogram, sum);
    return sum;
}

/// The value at the rank of \a quantile, as the format's readers find it.
qint64 percentileOf(const Decoded& decoded, double quantile)
{
    const qint64 rank =
        std::max<qint64>(1, qint64(std::ceil(quantile * double(decoded.count) - 1e-6)));
    qint64 seen = 0;
    for (const auto& [value, count] : decoded.counts) {
        seen += count;
        if (seen >= rank)
            return value;
    }
    return 0;
}

Report reportOf(QList<Interval> intervals)
{
    Report report;
    report.startedAt = Instant{1'760'000'000'123'456};
    report.intervals = std::move(intervals);
    return report;
}

} // namespace

class TestHlog final : public QObject
{
    Q_OBJECT
private slots:
    void isReadBackExactly();
    void keepsTheEndsOfTheRange();
    void saysWhenItBegan();
    void leavesOutStretchesWithoutValues();
    void holdsEveryOperationOfARun();
};

void TestHlog::isReadBackExactly()
{
    std::mt19937_64 random(7);
    std::lognormal_distribution<double> latencies(8.0, 2.5);
    for (int size : {1, 2, 100, 5'000}) {
        Interval interval{.atSeconds = 1.5, .seconds = 0.5, .response = {}, .service = {}};
        std::map<qint64, qint64> expected;
        qint64 largest = 0;
        for (int i = 0; i < size; ++i) {
            const auto value = std::min<qint64>(qint64(latencies(random)), 67'108'863);
            interval.response.record(value);
            // A bucket holds 2^k values once they reach 2,048 · 2^(k - 1).
            int shift = 0;
            while (value >> shift >= 2'048)
                ++shift;
            ++expected[((value >> shift) << shift) + (qint64(1) << shift) - 1];
            largest = std::max(largest, value);
        }
        const QByteArray log = hlog(reportOf({interval}));
        const QList<Line> lines = linesOf(log);
        QCOMPARE(lines.size(), 1);
        QCOMPARE(lines[0].tag, QByteArray("response"));
        QCOMPARE(lines[0].at, 1.5);
        QCOMPARE(lines[0].length, 0.5);
        QVERIFY(std::abs(lines[0].maxMillis - double(largest) / 1000) < 1e-6);
        Decoded decoded;
        decode(lines[0].histogram, decoded);
        QCOMPARE(decoded.count, size);
        QVERIFY(decoded.counts == expected);
    }
}

void TestHlog::keepsTheEndsOfTheRange()
{
    Interval interval;
    for (const qint64 value :
         {qint64(0), qint64(0), qint64(2'047), qint64(2'048), qint64(67'108'863), qint64(1) << 40})
        interval.response.record(value);
    const Decoded decoded = sumOf(hlog(reportOf({interval})), "response");
    const std::map<qint64, qint64> expected{{0, 2}, {2'047, 1}, {2'049, 1}, {67'108'863, 2}};
    QVERIFY(decoded.counts == expected);
}

void TestHlog::saysWhenItBegan()
{
    const QByteArray log = hlog(reportOf({}));
    QVERIFY(log.startsWith("#[Histogram log format version 1.3]\n"));
    QVERIFY(log.contains("#[StartTime: 1760000000.123 (seconds since epoch)"));
    QVERIFY(log.endsWith("\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\","
                         "\"Interval_Compressed_Histogram\"\n"));
}

void TestHlog::leavesOutStretchesWithoutValues()
{
    Interval first{.atSeconds = 0, .seconds = 0.1, .response = {}, .service = {}};
    Interval second = first;
    second.atSeconds = 0.1;
    second.response.record(5);
    QCOMPARE(linesOf(hlog(reportOf({first, second, first}))).size(), 1);
}

void TestHlog::holdsEveryOperationOfARun()
{
    FakeLab lab;
    lab.store.delayCalls(1);
    Scenario scenario = *builtinScenario(QStringLiteral("hot-customer"));
    scenario.seconds.reset();
    scenario.operations = 2'000;
    Monitor monitor;
    const auto report = Engine(lab.targets(), lab.benches()).run(scenario, {}, monitor, {});
    QVERIFY(report.ok());
    const QByteArray log = hlog(*report);
    const auto service = sumOf(log, "service");
    const auto response = sumOf(log, "response");
    QCOMPARE(response.count, report->response.count);
    QCOMPARE(service.count, report->service.count);
    QCOMPARE(response.count, 2'000);
    for (const auto& [decoded, percentiles] :
         {std::pair(&response, &report->response), std::pair(&service, &report->service)}) {
        QCOMPARE(std::min(percentileOf(*decoded, 0.5), percentiles->max), percentiles->p50);
        QCOMPARE(std::min(percentileOf(*decoded, 0.95), percentiles->max), percentiles->p95);
        QCOMPARE(std::min(percentileOf(*decoded, 0.99), percentiles->max), percentiles->p99);
        QCOMPARE(std::min(percentileOf(*decoded, 0.999), percentiles->max), percentiles->p999);
    }
}

QTEST_GUILESS_MAIN(TestHlog)
#include "tst_hlog.moc"
