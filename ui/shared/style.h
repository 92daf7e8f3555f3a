// SPDX-License-Identifier: GPL-3.0-or-later
//! Fusion with the bevels taken off: flat buttons and fields, hairline headers, slim scroll bars.
#pragma once
#include <QtWidgets/QProxyStyle>

namespace tallystick {

/// Colours come from the widget's palette through theme.h, so the theme switches at run time.
/// A push button with setDefault(true) is drawn filled: the primary one of its form.
class Style final : public QProxyStyle
{
    Q_OBJECT
public:
    Style();
    void polish(QWidget* widget) override;
    using QProxyStyle::polish;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                            QPainter* painter, const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option,
                    const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returnData) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option,
                         const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                         const QWidget* widget) const override;
};

} // namespace tallystick
