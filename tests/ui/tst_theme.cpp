// SPDX-License-Identifier: GPL-3.0-or-later
//! Colours can be read, digits line up, icons can be drawn, the theme switches at run time.
#include "ui/shared/chip.h"
#include "ui/shared/icons.h"
#include "ui/shared/label.h"
#include "ui/shared/theme.h"

#include <QtGui/QImage>
#include <QtGui/QPainter>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>

using namespace tallystick;
using theme::Role;
using theme::Scheme;

Q_DECLARE_METATYPE(tallystick::theme::Scheme)

namespace {

constexpr std::array grounds{Role::Window, Role::Surface, Role::Raised};
constexpr std::array inks{Role::Text,     Role::Secondary, Role::Accent, Role::Positive,
                          Role::Negative, Role::Warning,   Role::Info};
constexpr double readable = 4.5;     // WCAG 2.1, 1.4.3
constexpr double recognisable = 3.0; // WCAG 2.1, 1.4.11

QByteArray nameOf(Role role)
{
    return QByteArray::number(int(role));
}

QImage drawn(const QString& icon, const QColor& color, int side = 32)
{
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    icons::paint(painter, image.rect(), icon, color);
    return image;
}

int inkedPixels(const QImage& image)
{
    int inked = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            inked += qAlpha(image.pixel(x, y)) > 128 ? 1 : 0;
    return inked;
}

} // namespace

class TstTheme : public QObject
{
    Q_OBJECT

private slots:
    void textCanBeReadOnEveryGround_data() { addSchemes(); }
    void textCanBeReadOnEveryGround();
    void chipsAndSelectedRowsCanBeRead_data() { addSchemes(); }
    void chipsAndSelectedRowsCanBeRead();
    void aFilledButtonCanBeRead_data() { addSchemes(); }
    void aFilledButtonCanBeRead();
    void linesOfChartsStandOut_data() { addSchemes(); }
    void linesOfChartsStandOut();
    void contrastIsAsWcagDefinesIt();
    void aPaletteTellsItsScheme();
    void digitsAreEquallyWide();
    void everyIconIsDrawnInTheColourAskedFor();
    void theProgramIconShowsItsStickAtSixteenPixels();
    void aLabelFollowsTheTheme();
    void aLabelNeverReadsMarkup();

private:
    static void addSchemes()
    {
        QTest::addColumn<Scheme>("scheme");
        QTest::newRow("light") << Scheme::Light;
        QTest::newRow("dark") << Scheme::Dark;
    }
};

void TstTheme::textCanBeReadOnEveryGround()
{
    QFETCH(Scheme, scheme);
    for (const Role ground : grounds)
        for (const Role ink : inks)
            QVERIFY2(theme::contrast(theme::color(ink, scheme), theme::color(ground, scheme)) >=
                         readable,
                     nameOf(ink) + " on " + nameOf(ground));
}

void TstTheme::chipsAndSelectedRowsCanBeRead()
{
    QFETCH(Scheme, scheme);
    for (const Role ground : grounds)
        for (const Role ink : inks) {
            const QColor color = theme::color(ink, scheme);
            const QColor chip = theme::tint(ink, theme::chipPercent, ground, scheme);
            QVERIFY2(theme::contrast(color, chip) >= readable, nameOf(ink) + " chip");
            const QColor selected =
                theme::tint(Role::Accent, theme::selectionPercent, ground, scheme);
            QVERIFY2(theme::contrast(color, selected) >= readable, nameOf(ink) + " selected");
        }
}

void TstTheme::aFilledButtonCanBeRead()
{
    QFETCH(Scheme, scheme);
    QVERIFY(theme::contrast(theme::color(Role::OnAccent, scheme),
                            theme::color(Role::Accent, scheme)) >= readable);
}

void TstTheme::linesOfChartsStandOut()
{
    QFETCH(Scheme, scheme);
    for (int line = 0; line < 5; ++line)
        QVERIFY(theme::contrast(theme::seriesColor(line, scheme),
                                theme::color(Role::Surface, scheme)) >= recognisable);
}

void TstTheme::contrastIsAsWcagDefinesIt()
{
    QCOMPARE(theme::contrast(Qt::black, Qt::white), 21.0);
    QCOMPARE(theme::contrast(Qt::white, Qt::white), 1.0);
    // The lightest grey that passes AA on white.
    QVERIFY(theme::contrast(QColor(0x76, 0x76, 0x76), Qt::white) >= 4.5);
    QVERIFY(theme::contrast(QColor(0x77, 0x77, 0x77), Qt::white) < 4.5);
}

void TstTheme::aPaletteTellsItsScheme()
{
    QCOMPARE(theme::schemeOf(theme::palette(Scheme::Light)), Scheme::Light);
    QCOMPARE(theme::schemeOf(theme::palette(Scheme::Dark)), Scheme::Dark);
}

void TstTheme::digitsAreEquallyWide()
{
    for (const theme::Type type : {theme::Type::Body, theme::Type::Number, theme::Type::Caption}) {
        const QFontMetricsF metrics(theme::font(type));
        for (char16_t digit = u'1'; digit <= u'9'; ++digit)
            QCOMPARE(metrics.horizontalAdvance(QChar(digit)),
                     metrics.horizontalAdvance(QLatin1Char('0')));
    }
}

void TstTheme::everyIconIsDrawnInTheColourAskedFor()
{
    const QStringList names = icons::allNames();
    QVERIFY(names.size() > 30);
    for (const QString& name : names) {
        const QImage image = drawn(name, QColor(200, 0, 0));
        QVERIFY2(inkedPixels(image) > 20, qPrintable(name));
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (qAlpha(image.pixel(x, y)) > 250)
                    QVERIFY(std::abs(image.pixelColor(x, y).red() - 200) <= 2 &&
                            image.pixelColor(x, y).green() <= 1 &&
                            image.pixelColor(x, y).blue() <= 1);
    }
}

void TstTheme::theProgramIconShowsItsStickAtSixteenPixels()
{
    const QImage image = icons::programIcon().pixmap(QSize(16, 16)).toImage();
    int wood = 0;
    int tile = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            if (pixel.alpha() < 200)
                continue;
            wood += pixel.red() > pixel.blue() + 30 ? 1 : 0;
            tile += pixel.blue() > pixel.red() + 60 ? 1 : 0;
        }
    QVERIFY2(wood >= 30, qPrintable(QString::number(wood)));
    QVERIFY2(tile >= 60, qPrintable(QString::number(tile)));
}

void TstTheme::aLabelFollowsTheTheme()
{
    auto& application = *qobject_cast<QApplication*>(QCoreApplication::instance());
    theme::apply(application, Scheme::Light);
    Label label(theme::Type::Body, Role::Secondary, QStringLiteral("text"));
    label.show();
    QCOMPARE(label.palette().color(QPalette::WindowText),
             theme::color(Role::Secondary, Scheme::Light));
    theme::apply(application, Scheme::Dark);
    QTRY_COMPARE(label.palette().color(QPalette::WindowText),
                 theme::color(Role::Secondary, Scheme::Dark));
    theme::apply(application, Scheme::Light);
    QTRY_COMPARE(label.palette().color(QPalette::WindowText),
                 theme::color(Role::Secondary, Scheme::Light));
}

void TstTheme::aLabelNeverReadsMarkup()
{
    Label label(theme::Type::Body, Role::Text, QStringLiteral("<b>bold</b>"));
    QCOMPARE(label.textFormat(), Qt::PlainText);
}

QTEST_MAIN(TstTheme)
#include "tst_theme.moc"
