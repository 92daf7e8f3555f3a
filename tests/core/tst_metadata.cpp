// SPDX-License-Identifier: GPL-3.0-or-later
//! Metadata is cleaned of what a server cannot keep and bounded in size.
#include "ledger/core/posting.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QtTest>

using namespace tallystick;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mebibyte = 1024 * 1024;

/// An object whose compact JSON has exactly \a bytes bytes.
QJsonObject ofSize(qsizetype bytes)
{
    const qsizetype frame = QByteArray("{\"note\":\"\"}").size();
    return {{u"note"_s, u"x"_s.repeated(bytes - frame)}};
}

} // namespace

class tst_Metadata final : public QObject
{
    Q_OBJECT

private slots:
    void textIsCleaned_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("clean");
        QTest::newRow("plain") << u"a reason"_s << u"a reason"_s;
        QTest::newRow("null character") << u"a"_s + QChar(0) + u"b"_s << u"ab"_s;
        QTest::newRow("only null characters") << QString(3, QChar(0)) << QString();
        QTest::newRow("bell, escape, delete") << u"\a\x1b[0m\x7f!"_s << u"[0m!"_s;
        QTest::newRow("C1 control") << u"a"_s + QChar(0x9b) + u"b"_s << u"ab"_s;
        QTest::newRow("tab and line feed stay") << u"a\tb\nc"_s << u"a\tb\nc"_s;
        QTest::newRow("carriage return goes") << u"a\r\nb"_s << u"a\nb"_s;
        QTest::newRow("emoji stays")
            << u"🧾 'quoted' \"twice\" \\"_s << u"🧾 'quoted' \"twice\" \\"_s;
        QTest::newRow("half a character") << u"a"_s + QChar(0xd83e) + u"b"_s << u"a?b"_s;
    }

    void textIsCleaned()
    {
        QFETCH(QString, text);
        QFETCH(QString, clean);
        const auto value = cleanMetadata({{u"reason"_s, text}});
        QVERIFY(value);
        QCOMPARE(value->value(u"reason"_s).toString(), clean);
        const auto nested =
            cleanMetadata({{u"input"_s, QJsonArray{QJsonObject{{u"deep"_s, text}}, text}}});
        QVERIFY(nested);
        const QJsonArray array = nested->value(u"input"_s).toArray();
        QCOMPARE(array[0].toObject().value(u"deep"_s).toString(), clean);
        QCOMPARE(array[1].toString(), clean);
    }

    void keysAreCleanedToo()
    {
        const auto value = cleanMetadata({{u"a"_s + QChar(0) + u"b"_s, 1}});
        QVERIFY(value);
        QCOMPARE(value->keys(), QStringList{u"ab"_s});
    }

    void otherValuesStay()
    {
        const QJsonObject object{
            {u"number"_s, 1.5},
            {u"large"_s, qint64(9007199254740993)},
            {u"yes"_s, true},
            {u"nothing"_s, QJsonValue::Null},
            {u"list"_s, QJsonArray{1, QJsonArray{}, QJsonObject{}}},
        };
        QVERIFY(cleanMetadata(object) == object);
        QCOMPARE(cleanMetadata(object)->value(u"large"_s).toInteger(), 9007199254740993);
    }

    void cleaningTwiceChangesNothingMore()
    {
        const auto once = cleanMetadata({{u"k\u0001"_s, QString(QChar(0)) + QChar(0xd83e)}});
        QVERIFY(once);
        QVERIFY(cleanMetadata(*once) == once);
    }

    void oneMebibyteIsTheLimit()
    {
        QCOMPARE(QJsonDocument(ofSize(mebibyte)).toJson(QJsonDocument::Compact).size(), mebibyte);
        QVERIFY(cleanMetadata(ofSize(mebibyte)));
        QVERIFY(!cleanMetadata(ofSize(mebibyte + 1)));
    }

    void sizeIsThatOfWhatIsSent()
    {
        // Two million null characters are nothing once they are gone.
        QVERIFY(cleanMetadata({{u"note"_s, QString(2 * mebibyte, QChar(0))}}));
        // Bytes, not characters.
        QVERIFY(!cleanMetadata({{u"note"_s, u"é"_s.repeated(mebibyte / 2)}}));
    }
};

QTEST_GUILESS_MAIN(tst_Metadata)
#include "tst_metadata.moc"
