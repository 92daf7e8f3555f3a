// SPDX-License-Identifier: GPL-3.0-or-later
//! Writes histograms as HdrHistogram V2: ZigZag LEB128 counts, deflated, in base64.
#include "ledger/stress/hlog.h"

#include <QtCore/QDateTime>
#include <QtCore/QtEndian>

namespace tallystick {

namespace {

// Named as in AbstractHistogram.encodeIntoByteBuffer; 0x10 says that words are variable in length.
constexpr qint32 v2Cookie = 0x1c849303 | 0x10;
constexpr qint32 v2CompressedCookie = 0x1c849304 | 0x10;
constexpr qint32 normalizingIndexOffset = 0; // of shifted histograms
constexpr qint32 significantDigits = 3;
constexpr qint64 lowestDiscernibleValue = 1;
constexpr double microsPerMilli = 1000;

template <class Number>
void appendBigEndian(QByteArray& bytes, Number number)
{
    const Number swapped = qToBigEndian(number);
    bytes.append(reinterpret_cast<const char*>(&swapped), sizeof swapped);
}

void appendBigEndian(QByteArray& bytes, double number)
{
    appendBigEndian(bytes, std::bit_cast<qint64>(number));
}

/// Seven bits a byte, the lowest first; the sign in the lowest bit. Counts fit into eight bytes.
void appendZigZag(QByteArray& bytes, qint64 number)
{
    quint64 rest = (quint64(number) << 1) ^ quint64(number >> 63);
    while (rest >= 0x80) {
        bytes.append(char(rest | 0x80));
        rest >>= 7;
    }
    bytes.append(char(rest));
}

/// Counts by bucket up to the last in use; a negative number stands for so many empty ones.
QByteArray payloadOf(const SparseHistogram& histogram)
{
    QByteArray payload;
    int next = 0;
    for (const auto& [bucket, times] : histogram.counts()) {
        if (bucket > next)
            appendZigZag(payload, next - bucket);
        appendZigZag(payload, times);
        next = bucket + 1;
    }
    return payload;
}

QByteArray encoded(const SparseHistogram& histogram)
{
    const QByteArray payload = payloadOf(histogram);
    QByteArray bytes;
    appendBigEndian(bytes, v2Cookie);
    appendBigEndian(bytes, qint32(payload.size()));
    appendBigEndian(bytes, normalizingIndexOffset);
    appendBigEndian(bytes, significantDigits);
    appendBigEndian(bytes, lowestDiscernibleValue);
    appendBigEndian(bytes, buckets::largestValue);
    appendBigEndian(bytes, 1.0); // from integers to values
    return bytes + payload;
}

QByteArray compressed(const SparseHistogram& histogram)
{
    // Qt puts the length in front of the deflated bytes.
    const QByteArray deflated = qCompress(encoded(histogram)).sliced(sizeof(quint32));
    QByteArray bytes;
    appendBigEndian(bytes, v2CompressedCookie);
    appendBigEndian(bytes, qint32(deflated.size()));
    return bytes + deflated;
}

QByteArray decimal(double number)
{
    return QByteArray::number(number, 'f', 3);
}

QByteArray line(const char* tag, const Interval& interval, const SparseHistogram& histogram)
{
    if (histogram.count() == 0)
        return {};
    return QByteArray("Tag=") + tag + ',' + decimal(interval.atSeconds) + ',' +
           decimal(interval.seconds) + ',' + decimal(double(histogram.max()) / microsPerMilli) +
           ',' + compressed(histogram).toBase64() + '\n';
}

} // namespace

QByteArray hlog(const Report& report)
{
    const QDateTime start = report.startedAt.utc();
    QByteArray log = "#[Histogram log format version 1.3]\n"
                     "#[Values are microseconds, Interval_Max is milliseconds]\n"
                     "#[StartTime: " +
                     decimal(double(start.toMSecsSinceEpoch()) / 1000) +
                     " (seconds since epoch), " + start.toString(Qt::ISODateWithMs).toLatin1() +
                     "]\n"
                     "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\","
                     "\"Interval_Compressed_Histogram\"\n";
    for (const Interval& interval : report.intervals)
        log += line("response", interval, interval.response) +
               line("service", interval, interval.service);
    return log;
}

} // namespace tallystick
