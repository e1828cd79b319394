import { describe, expect, it } from 'vitest';
import { phraseBookOf } from '../../../src/facts/languages/languages.ts';
import { findSystems } from '../../../src/facts/names/systems.ts';
import { read, sentencesOf } from '../some-mail.ts';

function systems(language: string, text: string): string[] {
  const book = phraseBookOf(language);
  return findSystems(sentencesOf(text, book), book).filter((mention) => !mention.negated).map((mention) => mention.value);
}

describe('a browser or system', () => {
  it.each([
    ['en', 'Chrome 126 on Windows 11', ['Chrome 126', 'Windows 11']],
    ['en', 'google chrome version 126.0.3', ['Chrome 126.0.3']],
    ['en', 'Firefox (128)', ['Firefox 128']],
    ['es', 'uso Edge, dice que la versión es la 135, en Windows 10', ['Edge 135', 'Windows 10']],
    ['fr', 'je suis sur Firefox, la version c’est la 128, sous Windows 11', ['Firefox 128', 'Windows 11']],
    ['it', 'uso Chrome, la versione è la 126', ['Chrome 126']],
    ['pt', 'uso o Edge, a versão é a 135', ['Edge 135']],
    ['ru', 'браузер Firefox, версия у него 128', ['Firefox 128']],
    ['es', 'uso Chrome y la versión 2 del modelo sale rota', ['Chrome']],
    ['es', 'el navegador es Edge (el 144) y el Windows es el 10.', ['Edge 144', 'Windows 10']],
    ['en', 'Browser is Edge, it’s 144, Windows is the 10 one', ['Edge 144', 'Windows 10']],
    ['en', 'I have Windows eleven and Firefox', ['Windows 11', 'Firefox']],
    ['pt', 'o navegador é o Edge (o 144) e o Windows é o onze', ['Edge 144', 'Windows 11']],
    ['fr', 'le navigateur, c’est Edge (le 144) et Windows, c’est le 10', ['Edge 144', 'Windows 10']],
    ['pl', 'Edge (144), a Windows to jedenastka', ['Edge 144', 'Windows 11']],
    ['ru', 'винда у меня десятая, Edge - 144-й', ['Windows 10', 'Edge 144']],
    ['tr', 'Tarayıcı Edge (144), Windows on bir', ['Edge 144', 'Windows 11']],
    ['en', 'On Windows ten times it crashed, Chrome is the 3rd I tried', ['Windows', 'Chrome']],
    ['es', 'Safari: 17 créditos perdidos', ['Safari']],
    ['es', 'uso Chrome en Windows, versión 11', ['Windows 11', 'Chrome']],
    ['fr', 'je suis sur Chrome et j’ai la version d’essai, 3 jours', ['Chrome']],
    ['en', 'Microsoft Edge 125 and macOS 14.5', ['Edge 125', 'macOS 14.5']],
    ['en', 'Safari on my MacBook Pro', ['Safari', 'macOS']],
    ['en', 'on my iPhone 15 with Safari', ['iOS', 'Safari']],
    ['en', 'iOS 17.6', ['iOS 17.6']],
    ['en', 'iPad', ['iPadOS']],
    ['en', 'macOS Sonoma', ['macOS Sonoma']],
    ['en', 'win10', ['Windows 10']],
    ['en', 'Windows XP', ['Windows XP']],
    ['en', 'Ubuntu 24.04', ['Ubuntu 24.04']],
    ['en', 'Samsung Internet on Android 14', ['Samsung Internet', 'Android 14']],
    ['en', 'Windows 11 Pro', ['Windows 11']],
    ['ru', 'хром 126 на винде 10', ['Chrome 126', 'Windows 10']],
    ['ru', 'в яндекс браузере на айфоне', ['Yandex Browser', 'iOS']],
    ['ru', 'фф 147, десятая винда', ['Firefox 147', 'Windows 10']],
    ['ru', 'хром на 11-й винде', ['Chrome', 'Windows 11']],
    ['ru', 'макбук, сафари', ['macOS', 'Safari']],
    ['ja', 'Windows11のChromeで', ['Windows 11', 'Chrome']],
    ['ja', 'クローム126', ['Chrome 126']],
    ['ja', 'iOSは26.1、サファリは26です', ['iOS 26.1', 'Safari 26']],
    ['ja', 'Chromeは2回、Firefoxは3日前、Edgeは504エラー', ['Chrome', 'Firefox', 'Edge']],
    ['ko', '윈도우는 11이고 크롬 버전은 142.0.1', ['Windows 11', 'Chrome 142.0.1']],
    ['ko', '크롬은 2번, 사파리는 3일 전', ['Chrome', 'Safari']],
    ['ja', 'Firefoxの145、OSはウブントゥ', ['Firefox 145', 'Ubuntu']],
    ['ja', 'Chromeの2つのタブ', ['Chrome']],
    ['ko', '파폭 145, 우분투 24.04', ['Firefox 145', 'Ubuntu 24.04']],
    ['ja', 'アイフォンのサファリで', ['iOS', 'Safari']],
    ['ko', '윈도우 11에서 크롬 126으로', ['Windows 11', 'Chrome 126']],
    ['ko', '네이버 웨일', ['Whale']],
    ['ko', '아이폰 사파리', ['iOS', 'Safari']],
    ['ar', 'متصفح كروم على ويندوز 11', ['Chrome', 'Windows 11']],
    ['pl', 'przeglądarka Chrome 126, Windows 11', ['Chrome 126', 'Windows 11']],
  ])('is read in %s: %s', (language, text, values) => {
    expect(systems(language, text).toSorted()).toEqual(values.toSorted());
  });

  it.each([
    ['en', 'not Chrome but Firefox', ['Firefox']],
    ['ru', 'не Chrome, а Firefox', ['Firefox']],
    ['ja', 'EdgeではなくChrome', ['Chrome']],
    ['ko', '크롬이 아니라 엣지에서', ['Edge']],
  ])('that was not used is set aside, in %s: %s', (language, text, values) => {
    expect(systems(language, text)).toEqual(values);
  });

  it.each([
    ['en', 'The windows of the house look odd'],
    ['en', 'the edge of the model is cut off'],
    ['en', 'Oliver the Brave fights a dragon'],
    ['en', 'I did win nothing'],
    ['it', 'la mia opera è rovinata'],
  ])('is not seen in everyday words, in %s: %s', (language, text) => {
    expect(systems(language, text)).toEqual([]);
  });
});

describe('a browser named with what it runs on', () => {
  it.each([
    ['Je voudrais arrêter mon abonnement Starter. J’ai cherché le bouton, Safari sur iPhone, sans le trouver.', 'Safari', 'iOS'], ['I want to cancel my Starter plan. I looked for the button in Chrome on my iPad.', 'Chrome', 'iPadOS'], ['Хочу отменить подписку Стартовый, кнопки не нашла (Safari на айфоне).', 'Safari', 'iOS'],
    ['スタータープランを解約したいです。iPhoneのSafariで探しましたがボタンがありません。', 'Safari', 'iOS'], ['Chcę anulować abonament Starter. Szukałem w Firefoksie na Windowsie i nie ma przycisku.', 'Firefox', 'Windows'],
    ['Please cancel my Starter plan, I bought a Mac and use other software now.', undefined, undefined], ['Please cancel my Starter plan. I read of you in Chrome news, and my Mac is old.', undefined, undefined],
  ])('is what was used, whatever is asked for: %s', (text, browser, os) => {
    const { values } = read(text);
    expect([values.browser?.value, values.os?.value]).toEqual([browser, os]);
  });
});

describe('a user agent', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36', ['Chrome 126', 'Windows 10']],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.87', ['Edge 126.0.2592.87', 'Windows 10']],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15', ['Safari 17.5', 'macOS 10.15.7']],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1', ['Safari 17.5', 'iOS 17.5']],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', ['Firefox 128', 'Linux']],
    ['Mozilla/5.0 (Windows NT 6.1; rv:102.0) Gecko/20100101 Firefox/102.0', ['Firefox 102', 'Windows 7']],
  ])('is read: %s', (agent, values) => {
    expect(systems('en', `It hangs.\n${agent}`)).toEqual(values);
  });
});
